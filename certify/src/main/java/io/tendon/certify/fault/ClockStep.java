package io.tendon.certify.fault;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.counter.NodeNames;
import io.tendon.schemas.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code clock-step}: the wall clock of all the robot's processes jumps, as when a time server corrects it, and jumps back
 * at the end. The machine's clock is never touched: the robot has been started under libfaketime, and the fault rewrites the
 * file from which that reads its offset.
 */
public final class ClockStep implements Fault {
    private static final String LIBRARY = "libfaketime";
    private static final String FILE_VARIABLE = "FAKETIME_TIMESTAMP_FILE=";
    private static final String NO_CACHE_VARIABLE = "FAKETIME_NO_CACHE=1";
    private static final String MONOTONIC_VARIABLE = "FAKETIME_DONT_FAKE_MONOTONIC=1";
    /** Else every wait of a JVM is over at once, since Debian builds the library for machines that need it. */
    private static final String WAIT_VARIABLE = "FAKETIME_FORCE_MONOTONIC_FIX=0";

    private static final String NO_STEP = "+0";
    private static final double NS_PER_S = 1e9;

    private final long stepNs;
    private @Nullable Path file;
    private List<String> account = List.of();

    /**
     * Steps nothing yet.
     *
     * @param stepNs by which the wall clock jumps; negative is back.
     */
    public ClockStep(final long stepNs) {
        this.stepNs = stepNs;
    }

    /**
     * What a robot is to be started with so that its clock can be stepped.
     *
     * @param library libfaketime's.
     * @param offsetFile that the steps go through; has to be there, with {@code +0} in it.
     * @return variables of its environment.
     */
    public static Map<String, String> environment(final Path library, final Path offsetFile) {
        final Map<String, String> environment = new HashMap<>();
        environment.put("LD_PRELOAD", library.toString());
        for (final String variable :
                List.of(FILE_VARIABLE + offsetFile, NO_CACHE_VARIABLE, MONOTONIC_VARIABLE, WAIT_VARIABLE)) {
            final int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return environment;
    }

    @Override
    public String name() {
        return "clock-step";
    }

    @Override
    public String description() {
        return "the wall clock of the robot's processes jumps by " + offset() + " s, and back at the end";
    }

    @Override
    public Set<Rule> rules() {
        return EnumSet.allOf(Rule.class);
    }

    @Override
    public void check(final FaultTarget robot) {
        sharedOffsetFile(robot);
    }

    @Override
    public synchronized void begin(final FaultTarget robot) {
        file = sharedOffsetFile(robot);
        write(offset());
        account = List.of("wall clock of the four processes stepped by " + offset() + " s through " + file);
    }

    private static Path sharedOffsetFile(final FaultTarget robot) {
        Path found = null;
        for (final NodeId node : List.of(NodeId.DRIVER, NodeId.PERSISTENCE, NodeId.FUSION, NodeId.CONTROL)) {
            final long pid = robot.pid(node);
            final Optional<Path> own = offsetFile(pid);
            if (own.isEmpty() || (found != null && !found.equals(own.get()))) {
                throw new CommandFailure(refusal(node, pid), NodeCommand.EXIT_USAGE);
            }
            found = own.get();
        }
        return Objects.requireNonNull(found);
    }

    @Override
    public synchronized void end() {
        if (file != null) {
            write(NO_STEP);
            file = null;
        }
    }

    @Override
    public synchronized List<String> account() {
        return account;
    }

    private String offset() {
        return String.format(Locale.ROOT, "%+.3f", stepNs / NS_PER_S);
    }

    /** All or nothing, since the library reads it whenever somebody asks for the time. */
    private void write(final String offset) {
        if (file == null) {
            return;
        }
        try {
            final Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, offset + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new CommandFailure(
                    file + ": cannot be written (" + e.getMessage() + "); write " + offset + " to it by hand",
                    NodeCommand.EXIT_USAGE);
        }
    }

    /** The file that a process reads its offset from; empty when its clock cannot be stepped in that way. */
    private static Optional<Path> offsetFile(final long pid) {
        final Path process = Path.of("/proc", Long.toString(pid));
        try {
            final List<String> environment =
                    List.of(Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1)
                            .split("\0"));
            if (!Files.readString(process.resolve("maps"), StandardCharsets.ISO_8859_1)
                            .contains(LIBRARY)
                    || !environment.contains(NO_CACHE_VARIABLE)
                    || !environment.contains(MONOTONIC_VARIABLE)
                    || !environment.contains(WAIT_VARIABLE)) {
                return Optional.empty();
            }
            return environment.stream()
                    .filter(variable -> variable.startsWith(FILE_VARIABLE))
                    .map(variable -> Path.of(variable.substring(FILE_VARIABLE.length())))
                    .findFirst();
        } catch (final IOException e) {
            return Optional.empty();
        }
    }

    private static String refusal(final NodeId node, final long pid) {
        return NodeNames.of(node) + ", process " + pid + ": its clock cannot be stepped, must run under " + LIBRARY
                + " with all others; sudo apt-get install libfaketime, and start the robot with: "
                + String.join(
                        " ",
                        "offset=$(mktemp) && echo +0 > $offset && env",
                        "LD_PRELOAD=$(dpkg -L libfaketime | grep libfaketime.so)",
                        FILE_VARIABLE + "$offset",
                        NO_CACHE_VARIABLE,
                        MONOTONIC_VARIABLE,
                        WAIT_VARIABLE,
                        "launch-all.sh");
    }
}
