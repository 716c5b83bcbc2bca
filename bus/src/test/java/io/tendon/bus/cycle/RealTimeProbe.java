package io.tendon.bus.cycle;

import io.tendon.bus.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A process that asks for real time as control does, {@code MODE PRIORITY CPU}, and prints what /proc says of it then. Exit
 * code 2 and the message when it is refused.
 */
final class RealTimeProbe {
    private static final String THREAD = "rt-probe";
    /** Fields of /proc/PID/stat behind the name, from 0: those that proc(5) numbers 40 and 41. */
    private static final int RT_PRIORITY = 37;

    private static final int POLICY = 38;

    private RealTimeProbe() {}

    /** Asks on a thread of its own, so that its facts can be told from the process's. */
    public static void main(final String[] args) throws InterruptedException {
        final int[] exitCode = {1};
        final Thread thread = new Thread(() -> exitCode[0] = probe(args), THREAD);
        thread.start();
        thread.join();
        System.exit(exitCode[0]);
    }

    private static int probe(final String... args) {
        try {
            final RealTimeOutcome outcome = RealTimeScheduling.apply(RealTimeRequest.hard(
                    RtMode.valueOf(args[0].toUpperCase(Locale.ROOT)),
                    Integer.parseInt(args[1]),
                    Integer.parseInt(args[2])));
            System.out.println("code=" + outcome.code());
            System.out.println("missingBits=" + outcome.missingBits());
            System.out.println("outcome=" + outcome);
            System.out.println("slackNs=" + LibC.prctl(LibC.PR_GET_TIMERSLACK, 0, 0, 0, 0));
            final Path task = task();
            final String[] fields = stat(task);
            System.out.println("policy=" + fields[POLICY]);
            final Path vmThread = Path.of("/proc/self/task", Integer.toString(VmThread.id(Path.of("/proc/self/task"))));
            System.out.println("vmPolicy=" + stat(vmThread)[POLICY]);
            System.out.println("vmPriority=" + stat(vmThread)[RT_PRIORITY]);
            System.out.println("rtPriority=" + fields[RT_PRIORITY]);
            System.out.println("cpus=" + line(task.resolve("status"), "Cpus_allowed_list:"));
            // Touched after the lock: MCL_FUTURE and MCL_ONFAULT make it count.
            final byte[] touched = new byte[1 << 20];
            System.out.println("touched=" + touched.length);
            System.out.println("lockedKib=" + line(Path.of("/proc/self/status"), "VmLck:"));
            System.out.println("residentKib=" + line(Path.of("/proc/self/status"), "VmRSS:"));
            return 0;
        } catch (final ConfigException e) {
            System.out.println(e.getMessage());
            return 2;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] stat(final Path task) throws IOException {
        final String stat = Files.readString(task.resolve("stat"));
        return stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
    }

    private static Path task() throws IOException {
        try (var tasks = Files.list(Path.of("/proc/self/task"))) {
            final List<Path> all = tasks.toList();
            for (final Path task : all) {
                if (Files.readString(task.resolve("comm")).trim().equals(THREAD)) {
                    return task;
                }
            }
        }
        throw new IllegalStateException("no thread " + THREAD);
    }

    private static String line(final Path file, final String key) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).replace("kB", "").trim())
                .findFirst()
                .orElse("");
    }
}
