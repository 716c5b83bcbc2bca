package io.tendon.bench.ipc;

import io.tendon.bench.transport.Link;
import io.tendon.bench.transport.LinkPlace;
import io.tendon.bench.transport.Side;
import io.tendon.bench.transport.StateMessage;
import io.tendon.bench.transport.Transport;
import io.tendon.bus.config.NodeCommand;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The process that measures: round trips one at a time, then messages one way with at most {@link Exchange#WINDOW} on
 * their way, each first to warm up and then to measure. Prints {@code round-trip BASE64} (a compressed HdrHistogram in ns)
 * and {@code throughput MESSAGES NS}. Main thread.
 */
@Command(name = "ping", description = "Measures.")
public final class PingNode implements Callable<Integer> {
    private static final long CONNECT_TIMEOUT_NS = 20_000_000_000L;
    private static final long REPLY_TIMEOUT_NS = 10_000_000_000L;
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final UnsafeBuffer message = StateMessage.encoded();
    private final Histogram roundTripNs = new Histogram(LONGEST_NS, DIGITS);
    private final Link.Receiver receiver = this::onReply;

    @Option(names = "--transport", required = true, description = "What to measure.")
    private Transport transport = Transport.TENDON;

    @Option(names = "--robot", required = true, description = "Name of the session.")
    private String robotName = "";

    @Option(names = "--directory", required = true, description = "For files.")
    private Path directory = Path.of("");

    @Option(names = "--milliseconds", required = true, description = "Of each stretch.")
    private long stretchMs;

    private long replies;
    private long latestArgument;
    private long counted;
    private boolean isCountedToTheEnd;

    /** Called by {@link #main} and Picocli. */
    public PingNode() {}

    /**
     * Measures.
     *
     * @param args see above.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(new PingNode(), args));
    }

    @Override
    public Integer call() {
        final long stretchNs = stretchMs * 1_000_000;
        try (Link link = transport.open(new LinkPlace(robotName, directory), Side.PING)) {
            awaitEcho(link);
            roundTrips(link, stretchNs);
            roundTripNs.reset();
            roundTrips(link, stretchNs);
            final ByteBuffer encoded = ByteBuffer.allocate(roundTripNs.getNeededByteBufferCapacity());
            final int length = roundTripNs.encodeIntoCompressedByteBuffer(encoded);
            System.out.println("round-trip "
                    + Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(encoded.array(), length)));

            oneWay(link, stretchNs);
            final long before = counted;
            final long startNs = System.nanoTime();
            oneWay(link, stretchNs);
            System.out.println("throughput " + (counted - before) + ' ' + (System.nanoTime() - startNs));

            Exchange.set(message, Exchange.END, 0);
            send(link);
        }
        return NodeCommand.EXIT_OK;
    }

    /** The other end may not listen yet, and what is sent into the void is not answered. */
    private void awaitEcho(final Link link) {
        final long deadlineNs = System.nanoTime() + CONNECT_TIMEOUT_NS;
        Exchange.set(message, Exchange.RETURN, 0);
        while (replies == 0) {
            link.send(message, 0, StateMessage.LENGTH_BYTES);
            final long retryNs = System.nanoTime() + 100_000_000L;
            while (replies == 0 && System.nanoTime() < retryNs) {
                link.poll(receiver);
            }
            if (System.nanoTime() > deadlineNs) {
                throw new IllegalStateException(transport.label() + ": nobody answers");
            }
        }
        // Answers to what was sent more than once are not taken for answers to what is measured.
        final long quietNs = System.nanoTime() + 200_000_000L;
        while (System.nanoTime() < quietNs) {
            link.poll(receiver);
        }
    }

    private void roundTrips(final Link link, final long durationNs) {
        final long endNs = System.nanoTime() + durationNs;
        long number = 0;
        long nowNs = System.nanoTime();
        while (nowNs < endNs) {
            number++;
            Exchange.set(message, Exchange.RETURN, number);
            final long sentNs = System.nanoTime();
            final long expected = replies + 1;
            send(link);
            while (replies < expected) {
                if (link.poll(receiver) == 0) {
                    requirePatience(sentNs);
                    Thread.onSpinWait();
                }
            }
            nowNs = System.nanoTime();
            if (latestArgument != number) {
                throw new IllegalStateException(
                        transport.label() + ": message " + latestArgument + " came back for " + number);
            }
            roundTripNs.recordValue(nowNs - sentNs);
        }
    }

    private void oneWay(final Link link, final long durationNs) {
        final long endNs = System.nanoTime() + durationNs;
        long sent = counted;
        Exchange.set(message, Exchange.COUNT, 0);
        while (System.nanoTime() < endNs) {
            final long waitingSinceNs = System.nanoTime();
            while (sent - counted > Exchange.WINDOW - Exchange.COUNT_EVERY) {
                if (link.poll(receiver) == 0) {
                    requirePatience(waitingSinceNs);
                }
            }
            for (int i = 0; i < Exchange.COUNT_EVERY; i++) {
                send(link);
            }
            sent += Exchange.COUNT_EVERY;
            link.pollNow(receiver);
        }
        isCountedToTheEnd = false;
        Exchange.set(message, Exchange.COUNT_NOW, 0);
        send(link);
        final long waitingSinceNs = System.nanoTime();
        while (!isCountedToTheEnd) {
            link.poll(receiver);
            requirePatience(waitingSinceNs);
        }
    }

    private void onReply(final DirectBuffer buffer, final int offset, final int lengthBytes) {
        latestArgument = Exchange.argument(buffer, offset);
        if (Exchange.purpose(buffer, offset) == Exchange.RETURN) {
            replies++;
        } else {
            counted = latestArgument;
            isCountedToTheEnd = Exchange.purpose(buffer, offset) == Exchange.COUNT_NOW;
        }
    }

    private void send(final Link link) {
        if (!link.send(message, 0, StateMessage.LENGTH_BYTES)) {
            final long startNs = System.nanoTime();
            while (!link.send(message, 0, StateMessage.LENGTH_BYTES)) {
                requirePatience(startNs);
                Thread.onSpinWait();
            }
        }
    }

    private void requirePatience(final long sinceNs) {
        if (System.nanoTime() - sinceNs > REPLY_TIMEOUT_NS) {
            throw new IllegalStateException(transport.label() + ": no answer for 10 s");
        }
    }
}
