package io.tendon.bus.catalog;

import io.tendon.bus.config.ConfigException;

/**
 * Why a stalled reader cannot hold a writer, as arithmetic.
 *
 * <p>Aeron lets a writer be at most one window (half a term) ahead of its slowest reader. A reader that is not tethered
 * is dropped once it has been three quarters of the window behind for the window-limit time-out; it still counts for
 * the linger time-out, and both are looked at only every timer tick. The writer's limit itself moves in steps of an
 * eighth of the window. So the writer is never refused for a reader's sake when
 *
 * <pre>  rate * (windowLimit + linger + 2 ticks) &lt; window / 8</pre>
 *
 * <p>which is measured, not only derived: between an eighth and a quarter of the window it is luck. The catalog is held
 * to half of that bound. A reader loses nothing while its stall is shorter than {@code 0.75 * window / rate}.
 *
 * <p>Source: Aeron 1.51, {@code IpcPublication.checkUntetheredSubscriptions} and {@code updatePublisherPositionAndLimit}.
 */
public final class StreamSizing {
    /** How long a reader may be three quarters of the window behind. */
    public static final long WINDOW_LIMIT_TIMEOUT_NS = 500_000_000L;

    /** How long a reader that is being dropped still counts. */
    public static final long LINGER_TIMEOUT_NS = 500_000_000L;

    /** How long a dropped reader rests before it may join again. */
    public static final long RESTING_TIMEOUT_NS = 5_000_000_000L;

    /** How often the driver looks at its time-outs. */
    public static final long TIMER_INTERVAL_NS = 100_000_000L;

    /** Terms that Aeron maps for one publication. */
    public static final int TERMS_PER_LOG = 3;

    private static final double EVICTION_S =
            (WINDOW_LIMIT_TIMEOUT_NS + LINGER_TIMEOUT_NS + 2 * TIMER_INTERVAL_NS) / 1e9;

    private StreamSizing() {}

    /** Bytes by which a writer may be ahead of its slowest reader. */
    public static long windowBytes(final int termLengthBytes) {
        return termLengthBytes / 2;
    }

    /**
     * Share of the safe bound that a stream uses: below 1 the writer is never refused for a stalled reader's sake.
     *
     * @param termLengthBytes of the stream.
     * @param messagesPerSecond published.
     * @param messageLengthBytes of each, frame header not included.
     * @return the share, from 0.
     */
    public static double boundShare(
            final int termLengthBytes, final double messagesPerSecond, final int messageLengthBytes) {
        final double bytesPerSecond = messagesPerSecond * StreamDescriptor.framedLength(messageLengthBytes);
        return bytesPerSecond * EVICTION_S / (windowBytes(termLengthBytes) / 8.0);
    }

    /** Share of the safe bound at the rate and length that the catalog gives for the stream. */
    public static double boundShare(final StreamDescriptor stream) {
        return boundShare(stream.termLengthBytes(), stream.messagesPerSecond(), stream.messageLengthBytes());
    }

    /** Longest stall of a reader, in s, that loses it nothing. */
    public static double losslessStallS(
            final int termLengthBytes, final double messagesPerSecond, final int messageLengthBytes) {
        final double bytesPerSecond = messagesPerSecond * StreamDescriptor.framedLength(messageLengthBytes);
        return 0.75 * windowBytes(termLengthBytes) / bytesPerSecond;
    }

    /** Bytes of shared memory that the stream's logs take, all its writers together. */
    public static long sharedMemoryBytes(final StreamDescriptor stream) {
        final long metaDataBytes = 4096;
        return stream.writers() * ((long) TERMS_PER_LOG * stream.termLengthBytes() + metaDataBytes);
    }

    /**
     * Refuses to start a writer whose real rate would break the rule.
     *
     * @param stream to publish on.
     * @param messagesPerSecond that will really be published.
     * @param messageLengthBytes that they will really have.
     * @throws ConfigException saying what to change.
     */
    public static void requireSafe(
            final StreamDescriptor stream, final double messagesPerSecond, final int messageLengthBytes) {
        if (messageLengthBytes > StreamDescriptor.MAX_MESSAGE_BYTES) {
            throw new ConfigException(
                    stream.name() + " message length",
                    messageLengthBytes + "B",
                    "must fit into one frame of " + StreamDescriptor.MAX_MESSAGE_BYTES + "B",
                    "use fewer joints");
        }
        final double share = boundShare(stream.termLengthBytes(), messagesPerSecond, messageLengthBytes);
        if (share >= 1.0) {
            throw new ConfigException(
                    stream.name() + " rate",
                    String.format("%.0f/s of %dB", messagesPerSecond, messageLengthBytes),
                    String.format(
                            "must use less than all of the bound at which a stalled reader holds the writer"
                                    + " (uses %.2f of it with terms of %d MiB)",
                            share, stream.termLengthBytes() >> 20),
                    String.format("lower the rate to %.0f/s", Math.floor(messagesPerSecond / share)));
        }
    }
}
