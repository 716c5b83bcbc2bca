package io.tendon.bench.ipc;

import io.tendon.bench.transport.Transport;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.certify.process.ChildProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.agrona.IoUtil;

/**
 * Two fresh JVMs for each measurement, so that neither what the compiler learnt from another transport nor what that left
 * in memory is measured. Main thread.
 */
public final class IpcRig {
    private static final List<String> JVM_FLAGS =
            List.of("-Xms512m", "-Xmx512m", "-XX:+UseParallelGC", "-XX:GuaranteedSafepointInterval=0");
    private static final String ROUND_TRIP = "round-trip ";
    private static final long START_TIMEOUT_S = 60;
    private static final long ECHO_EXIT_TIMEOUT_S = 10;
    private static final double NS_PER_S = 1e9;

    private final String robotName;
    private final Path work;
    private final long stretchMs;

    /**
     * A rig with a session of its own in each measurement.
     *
     * @param robotName of the session; none runs.
     * @param work directory on tmpfs.
     * @param stretchMs length of each measured stretch, and of the one before it that warms up.
     */
    public IpcRig(final String robotName, final Path work, final long stretchMs) {
        this.robotName = robotName;
        this.work = work;
        this.stretchMs = stretchMs;
    }

    /**
     * Measures once.
     *
     * @param transport which.
     * @return what it came to.
     * @throws IOException when the directory cannot be made.
     */
    public IpcFigures measure(final Transport transport) throws IOException {
        final Path directory = Files.createDirectories(work.resolve("link"));
        final List<String> place =
                List.of("--transport", transport.name(), "--robot", robotName, "--directory", directory.toString());
        final RuntimeDirectory runtime = RuntimeDirectory.of(robotName);
        try (EmbeddedDriver driver =
                        transport.hasDriver() ? EmbeddedDriver.launch(runtime, Throwable::printStackTrace) : null;
                ChildProcess echo = ChildProcess.startJava(EchoNode.class, work.resolve("echo.log"), JVM_FLAGS, place);
                ChildProcess ping = ChildProcess.startJava(
                        PingNode.class,
                        work.resolve("ping.log"),
                        JVM_FLAGS,
                        java.util.stream.Stream.concat(
                                        place.stream(), List.of("--milliseconds", Long.toString(stretchMs)).stream())
                                .toList())) {
            if (ping.awaitExit(START_TIMEOUT_S + 4 * stretchMs / 1000) != 0) {
                throw new CommandFailure(transport.label() + ": could not be measured\n"
                        + withoutHistogram(ping.logTail()) + '\n' + echo.logTail());
            }
            echo.awaitExit(ECHO_EXIT_TIMEOUT_S);
            return figures(ping);
        } finally {
            IoUtil.delete(directory.toFile(), true);
            IoUtil.delete(runtime.directory().toFile(), true);
        }
    }

    private static IpcFigures figures(final ChildProcess ping) {
        final ByteBuffer encoded = ByteBuffer.wrap(Base64.getDecoder().decode(ping.printed(ROUND_TRIP)));
        final String[] throughput = ping.printed("throughput ").split(" ", -1);
        final double messagesPerSecond = Long.parseLong(throughput[0]) * NS_PER_S / Long.parseLong(throughput[1]);
        try {
            final Histogram roundTripNs = Histogram.decodeFromCompressedByteBuffer(encoded, 0);
            if (roundTripNs.getTotalCount() == 0) {
                throw new CommandFailure("ping: no round trip came to its end; see that nothing else runs");
            }
            return IpcFigures.of(roundTripNs, messagesPerSecond);
        } catch (final DataFormatException e) {
            throw new CommandFailure("ping: printed a histogram that cannot be read (" + e.getMessage() + ")");
        }
    }

    private static String withoutHistogram(final String log) {
        return log.replaceAll("(?m)^" + ROUND_TRIP + ".*$", ROUND_TRIP + "...");
    }
}
