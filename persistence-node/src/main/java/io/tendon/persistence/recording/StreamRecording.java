package io.tendon.persistence.recording;

import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.codecs.SourceLocation;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.sessionlog.recording.RecordingDescriptor;

/**
 * The archive's subscription to one stream. It records every writer of the stream, now and later, until it is restarted:
 *
 * <pre>
 *   start:    subscribe with tag 1
 *   restart:  subscribe with tag n+1, while the old subscription still holds its place in the log
 *   settle:   close the old subscription, once the new one records
 * </pre>
 *
 * In that order because a new subscription joins where the slowest one stands: what the broken recording had not
 * written yet is then recorded by the new one. One owner thread, which is the archive client's.
 */
final class StreamRecording implements RankedRecording {
    private static final long NONE = -1;

    private final StreamDescriptor stream;
    private final AeronArchive archive;
    private final boolean isTethered;
    private int tag;
    private long subscriptionId = NONE;
    private long oldSubscriptionId = NONE;

    /**
     * Not begun.
     *
     * @param stream to record.
     * @param archive that records it.
     * @param isTethered whether without isolation.
     */
    StreamRecording(final StreamDescriptor stream, final AeronArchive archive, final boolean isTethered) {
        this.stream = stream;
        this.archive = archive;
        this.isTethered = isTethered;
    }

    @Override
    public StreamDescriptor stream() {
        return stream;
    }

    @Override
    public void start() {
        tag++;
        subscriptionId = archive.startRecording(
                channel(stream, tag, isTethered), stream.streamId(), SourceLocation.LOCAL, false);
    }

    /** Begins to record it beside the broken recording; {@link #settle} ends that. */
    void restart() {
        settle();
        final long broken = subscriptionId;
        start();
        oldSubscriptionId = broken;
    }

    /** Closes the subscription that a restart has replaced, if one is left. */
    void settle() {
        if (oldSubscriptionId != NONE) {
            archive.tryStopRecording(oldSubscriptionId);
            oldSubscriptionId = NONE;
        }
    }

    @Override
    public void stop() {
        settle();
        if (subscriptionId != NONE) {
            archive.tryStopRecording(subscriptionId);
            subscriptionId = NONE;
        }
    }

    /**
     * Channel of a recording subscription. Not tethered, so that a recorder that stalls never holds a writer. Never
     * rejoining: Aeron's rejoin can write data of the new position at the old one's place. The tag makes a second
     * subscription to the same stream another one for the archive; the alias does not.
     */
    static String channel(final StreamDescriptor stream, final int tag, final boolean isTethered) {
        return new ChannelUriStringBuilder()
                .media(CommonContext.IPC_MEDIA)
                .tether(isTethered)
                .rejoin(false)
                .tags(Integer.toString(tag))
                .alias(RecordingDescriptor.ALIAS_PREFIX + stream.name())
                .build();
    }
}
