package io.tendon.bench.recording;

import io.aeron.Aeron;
import io.aeron.archive.status.RecordingPos;
import io.tendon.bench.transport.AeronLink;
import io.tendon.bench.transport.LinkPlace;
import io.tendon.bench.transport.LogLink;
import io.tendon.bench.transport.Side;
import io.tendon.bench.transport.StateMessage;
import io.tendon.bench.transport.TendonLink;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.RuntimeDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Publishes as fast as the recorder takes it, never more than {@link #MAX_LAG_BYTES} ahead of it, and prints {@code
 * recording BYTES RECORDED_NS DURABLE_NS}. A process of its own.
 */
@Command(name = "load", description = "Publishes to be recorded.")
public final class LoadNode implements Callable<Integer> {
    /** What part of the messages is published before, to warm up. */
    static final int WARM_UP_PART = 4;

    /** Well within what an untethered recorder may be behind without being left behind, 24 MiB. */
    static final long MAX_LAG_BYTES = 16 << 20;

    private static final int CHECK_EVERY = 256;
    private static final long START_TIMEOUT_NS = 20_000_000_000L;
    private static final long STALL_TIMEOUT_NS = 60_000_000_000L;

    private final UnsafeBuffer message = StateMessage.encoded();

    @Option(names = "--robot", required = true, description = "Name of the session.")
    private String robotName = "";

    @Option(names = "--directory", required = true, description = "Where the recorder writes.")
    private Path directory = Path.of("");

    @Option(names = "--messages", required = true, description = "How many.")
    private long messages;

    @Option(names = "--bare", description = "Publish with bare Aeron.")
    private boolean isBare;

    /** Called by {@link #main} and Picocli. */
    public LoadNode() {}

    /**
     * Publishes.
     *
     * @param args see above.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(new LoadNode(), args));
    }

    @Override
    public Integer call() throws IOException {
        final LinkPlace place = new LinkPlace(robotName, directory);
        final String aeronDirectory =
                RuntimeDirectory.of(robotName).aeronDirectory().toString();
        try (Aeron observer = Aeron.connect(new Aeron.Context().aeronDirectoryName(aeronDirectory));
                LogLink link = isBare ? AeronLink.open(place, Side.PING) : TendonLink.open(place, Side.PING)) {
            final CountersReader counters = observer.countersReader();
            final int recorded = awaitRecorder(counters, link.sessionId());
            publish(link, counters, recorded, messages / WARM_UP_PART);
            force();

            final long startPosition = link.position();
            final long startNs = System.nanoTime();
            publish(link, counters, recorded, messages);
            final long recordedNs = System.nanoTime() - startNs;
            force();
            System.out.println("recording " + (link.position() - startPosition) + ' ' + recordedNs + ' '
                    + (System.nanoTime() - startNs));
        }
        return NodeCommand.EXIT_OK;
    }

    private void publish(final LogLink link, final CountersReader counters, final int recorded, final long count) {
        for (long i = 0; i < count; i++) {
            if (i % CHECK_EVERY == 0) {
                awaitPosition(counters, recorded, link.position() - MAX_LAG_BYTES);
            }
            while (!link.send(message, 0, StateMessage.LENGTH_BYTES)) {
                Thread.onSpinWait();
            }
        }
        awaitPosition(counters, recorded, link.position());
    }

    private static void awaitPosition(final CountersReader counters, final int recorded, final long position) {
        if (counters.getCounterValue(recorded) >= position) {
            return;
        }
        final long deadlineNs = System.nanoTime() + STALL_TIMEOUT_NS;
        while (counters.getCounterValue(recorded) < position) {
            // The recorder wants a core.
            LockSupport.parkNanos(20_000);
            if (System.nanoTime() > deadlineNs) {
                throw new IllegalStateException("the recorder stands at " + counters.getCounterValue(recorded) + " of "
                        + position + " bytes for a minute");
            }
        }
    }

    private static int awaitRecorder(final CountersReader counters, final int sessionId) {
        final long deadlineNs = System.nanoTime() + START_TIMEOUT_NS;
        while (System.nanoTime() < deadlineNs) {
            final int found = RecordingPos.findCounterIdBySession(counters, sessionId, Aeron.NULL_VALUE);
            if (found != CountersReader.NULL_COUNTER_ID) {
                return found;
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new IllegalStateException("no recorder has joined within 20 s");
    }

    /** What the recorder has not forced to the device itself. */
    private void force() throws IOException {
        final List<Path> segments;
        try (Stream<Path> files = Files.walk(directory)) {
            segments = files.filter(file -> file.toString().endsWith(".rec")).toList();
        }
        for (final Path segment : segments) {
            try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                channel.force(false);
            }
        }
    }
}
