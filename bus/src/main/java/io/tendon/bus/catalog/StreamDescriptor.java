package io.tendon.bus.catalog;

import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import java.util.Locale;

/**
 * One stream: its name, its place in Aeron, and what it was sized for. Immutable; any thread.
 *
 * @param name as a person types it, {@code writer.topic}.
 * @param streamId Aeron's id, from 1000 (10, 20 and 30 are the archive's own).
 * @param messagesPerSecond that one writer publishes at most, sustained.
 * @param messageLengthBytes of the longest message at that rate, header included, frame not.
 * @param termLengthBytes of one term, a power of two; three are mapped, and half of one is the publisher's window.
 * @param writers that may publish at once.
 * @param rank how long it is recorded while the disk fills.
 */
public record StreamDescriptor(
        String name,
        int streamId,
        double messagesPerSecond,
        int messageLengthBytes,
        int termLengthBytes,
        int writers,
        RecordingRank rank) {

    /** Largest frame: every message of ours fits into one, so that nothing is ever fragmented. */
    public static final int MTU_BYTES = 8192;

    /** Longest message that fits into one frame. */
    public static final int MAX_MESSAGE_BYTES = MTU_BYTES - 32;

    private static final int UNISOLATED_TERM_BYTES = 64 * 1024;

    /** One that is recorded to the last. */
    public StreamDescriptor(
            final String name,
            final int streamId,
            final double messagesPerSecond,
            final int messageLengthBytes,
            final int termLengthBytes,
            final int writers) {
        this(name, streamId, messagesPerSecond, messageLengthBytes, termLengthBytes, writers, RecordingRank.ESSENTIAL);
    }

    /** The same of another rank. */
    StreamDescriptor ranked(final RecordingRank other) {
        return new StreamDescriptor(
                name, streamId, messagesPerSecond, messageLengthBytes, termLengthBytes, writers, other);
    }

    /** Channel on which the writer publishes; the untethered time-outs are read from here, not from the reader's. */
    public String publicationChannel() {
        return new ChannelUriStringBuilder()
                .media(CommonContext.IPC_MEDIA)
                .alias(name)
                .termLength(termLengthBytes)
                .mtu(MTU_BYTES)
                .sparse(false)
                .untetheredWindowLimitTimeoutNs(StreamSizing.WINDOW_LIMIT_TIMEOUT_NS)
                .untetheredLingerTimeoutNs(StreamSizing.LINGER_TIMEOUT_NS)
                .untetheredRestingTimeoutNs(StreamSizing.RESTING_TIMEOUT_NS)
                .build();
    }

    /**
     * Channel on which a reader listens. It is not tethered: a reader that stalls is left behind instead of holding the
     * writer.
     *
     * @param readerName for Aeron's own tools.
     * @return the channel.
     */
    public String subscriptionChannel(final String readerName) {
        return new ChannelUriStringBuilder()
                .media(CommonContext.IPC_MEDIA)
                .alias(readerName.toLowerCase(Locale.ROOT) + '.' + name)
                .tether(false)
                .rejoin(true)
                .build();
    }

    /**
     * Channel on which a reader listens that the writer is to wait for. Only for a replay: nobody is controlled by one.
     *
     * @param readerName for Aeron's own tools, and for the writer to say whom it waits for.
     * @return the channel.
     */
    public String tetheredChannel(final String readerName) {
        return new ChannelUriStringBuilder()
                .media(CommonContext.IPC_MEDIA)
                .alias(readerName.toLowerCase(Locale.ROOT) + '.' + name)
                .tether(true)
                .build();
    }

    /**
     * Channel on which a writer follows itself, tethered, so that the driver has a fast reader to measure others by.
     *
     * @param sessionId of the writer's publication.
     * @return the channel.
     */
    public String pacerChannel(final int sessionId) {
        return new ChannelUriStringBuilder()
                .media(CommonContext.IPC_MEDIA)
                .alias("pacer." + name)
                .sessionId(sessionId)
                .tether(true)
                .build();
    }

    /**
     * The same stream with terms as short as messages allow, so that a recorder that is tethered to it soon holds its
     * writer: what the certificate compares with.
     *
     * @return the stream without isolation.
     */
    public StreamDescriptor unisolated() {
        return new StreamDescriptor(
                name, streamId, messagesPerSecond, messageLengthBytes, UNISOLATED_TERM_BYTES, writers, rank);
    }

    /** Bytes that one message of the given length takes in the log: frame header and alignment included. */
    public static int framedLength(final int messageLengthBytes) {
        return (messageLengthBytes + 32 + 31) & ~31;
    }
}
