package io.tendon.bench.ipc;

import io.tendon.bench.transport.StateMessage;
import io.tendon.bus.config.CommandFailure;
import io.tendon.certify.process.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cyclone DDS, measured by its own tool {@code ddsperf} (Debian package cyclonedds-tools), kept to the loopback device. Its
 * figures are of each second; the median second stands for the run. Main thread.
 */
public final class DdsPerf {
    /** Its name for people. */
    public static final String LABEL = "Cyclone DDS (ddsperf)";

    private static final String COMMAND = "ddsperf";
    private static final String LOOPBACK_ONLY = """
            <CycloneDDS><Domain><General><Interfaces><NetworkInterface name="lo" multicast="false"/></Interfaces>\
            <AllowMulticast>false</AllowMulticast></General><Discovery><ParticipantIndex>auto</ParticipantIndex>\
            <Peers><Peer address="127.0.0.1"/></Peers></Discovery></Domain></CycloneDDS>""";
    private static final Pattern ROUND_TRIP =
            Pattern.compile("50% ([0-9.]+)us 90% [0-9.]+us 99% ([0-9.]+)us max ([0-9.]+)us cnt ([0-9]+)");
    private static final Pattern RATE = Pattern.compile(" rate ([0-9.]+) kS/s");
    private static final long EXIT_TIMEOUT_S = 30;
    private static final double NS_PER_US = 1e3;
    /** The tool halves what it measures, as a guess at one way. */
    private static final double WAYS = 2;

    private final Path logs;
    private final long seconds;

    private DdsPerf(final Path logs, final long seconds) {
        this.logs = logs;
        this.seconds = seconds;
    }

    /**
     * Looks for the tool.
     *
     * @param logs directory for what it prints.
     * @param stretchMs length of a stretch; at least three seconds are run, as the first is spent on finding each other.
     * @return the tool, where it is installed.
     */
    public static Optional<DdsPerf> find(final Path logs, final long stretchMs) {
        final String path = System.getenv("PATH");
        final boolean isThere = path != null
                && Arrays.stream(path.split(":", -1))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, COMMAND)));
        return isThere ? Optional.of(new DdsPerf(logs, Math.max(3, 1 + stretchMs / 1000))) : Optional.empty();
    }

    /**
     * Measures once.
     *
     * @return what it came to; it tells no 99.9th percentile.
     */
    public IpcFigures measure() {
        final String size = Integer.toString(StateMessage.LENGTH_BYTES);
        final List<double[]> pings = run(ROUND_TRIP, List.of("ping", "size", size), List.of("pong"));
        final List<double[]> rates = run(RATE, List.of("sub"), List.of("pub", "size", size));
        return new IpcFigures(
                new IpcFigures.RoundTrip(
                        (long) pings.stream().mapToDouble(second -> second[3]).sum(),
                        medianNs(pings, 0),
                        medianNs(pings, 1),
                        0,
                        (long) (pings.stream()
                                        .mapToDouble(second -> second[2])
                                        .max()
                                        .orElse(0)
                                * WAYS
                                * NS_PER_US)),
                Optional.empty(),
                sorted(rates, 0)[rates.size() / 2] * NS_PER_US);
    }

    /** What one process prints each second while it talks to the other; the first second warms up. */
    private List<double[]> run(final Pattern pattern, final List<String> measuring, final List<String> other) {
        try (ChildProcess peer = start("ddsperf-peer", other, seconds + 2);
                ChildProcess measured = start("ddsperf", measuring, seconds)) {
            measured.awaitExit(seconds + EXIT_TIMEOUT_S);
            peer.awaitExit(seconds + EXIT_TIMEOUT_S);
            final List<double[]> found = new ArrayList<>();
            final Matcher matcher = pattern.matcher(measured.log());
            while (matcher.find()) {
                final double[] values = new double[matcher.groupCount()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = Double.parseDouble(matcher.group(i + 1));
                }
                found.add(values);
            }
            if (found.size() < 2) {
                throw new CommandFailure(
                        "ddsperf: printed no figures that can be read\n" + measured.logTail() + '\n' + peer.logTail());
            }
            return found.subList(1, found.size());
        }
    }

    private ChildProcess start(final String name, final List<String> mode, final long durationS) {
        final List<String> command = new ArrayList<>(List.of(COMMAND, "-D", Long.toString(durationS)));
        command.addAll(mode);
        return ChildProcess.start(name, logs.resolve(name + ".log"), command, Map.of("CYCLONEDDS_URI", LOOPBACK_ONLY));
    }

    private static long medianNs(final List<double[]> seconds, final int column) {
        return (long) (sorted(seconds, column)[seconds.size() / 2] * WAYS * NS_PER_US);
    }

    private static double[] sorted(final List<double[]> seconds, final int column) {
        return seconds.stream().mapToDouble(second -> second[column]).sorted().toArray();
    }
}
