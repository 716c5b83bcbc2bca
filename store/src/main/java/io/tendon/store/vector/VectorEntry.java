package io.tendon.store.vector;

import io.tendon.schemas.EmbeddingKind;

/**
 * What a vector stands for, and where it comes from.
 *
 * @param streamId of the message; of a derived one, of the messages it was computed from.
 * @param sessionId of the writer's life.
 * @param position in that writer's log at which the message begins.
 * @param nextPosition behind it.
 * @param fromNs when began what it stands for, ns since the epoch.
 * @param toNs when it ended; equal to {@code fromNs} for a moment.
 * @param captureTimeNs of the message, ns since the epoch.
 * @param kind of what it stands for.
 * @param label what that is called; may be empty.
 */
public record VectorEntry(
        int streamId,
        int sessionId,
        long position,
        long nextPosition,
        long fromNs,
        long toNs,
        long captureTimeNs,
        EmbeddingKind kind,
        String label) {

    /** Stream and session as one number, as {@link io.tendon.sessionlog.recording.RecordingDescriptor#publicationKey}. */
    long publicationKey() {
        return ((long) streamId << 32) | (sessionId & 0xFFFF_FFFFL);
    }

    /** First time behind it, ns since the epoch; a moment takes 1 ns. */
    long endNs() {
        return endNs(fromNs, toNs);
    }

    /** Whether two entries of one session share time. */
    boolean overlaps(final VectorEntry other) {
        return fromNs < other.endNs() && other.fromNs < endNs();
    }

    static long endNs(final long fromNs, final long toNs) {
        return Math.max(toNs, fromNs + 1);
    }
}
