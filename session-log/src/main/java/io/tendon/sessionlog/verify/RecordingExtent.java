package io.tendon.sessionlog.verify;

import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * How far a recording goes, as far as anyone knows.
 *
 * @param knownEndPosition before which every frame must be good.
 * @param isFinal whether nothing may follow behind that; else what follows is read up to the first place behind which
 *     nothing good comes.
 */
record RecordingExtent(long knownEndPosition, boolean isFinal) {
    /**
     * Of a recording.
     *
     * @param recording as the archive describes it.
     * @param entry as the manifest describes it; null when it does not.
     * @param durablePosition up to which it was flushed to the device, as the recorder said; 0 when it did not.
     * @param isLive whether the session is being recorded: it is then judged as of now.
     * @return what is known.
     */
    static RecordingExtent of(
            final RecordingDescriptor recording,
            final @Nullable RecordingEntry entry,
            final long durablePosition,
            final boolean isLive) {
        final long countedPosition = entry == null ? recording.startPosition() : entry.stopPosition();
        if (!recording.isOpen()) {
            // What a killed recorder had counted may be padding that was cut off when it was started again.
            final boolean isCountedToTheEnd = entry != null && entry.isStopped();
            return new RecordingExtent(
                    isCountedToTheEnd ? Math.max(recording.stopPosition(), countedPosition) : recording.stopPosition(),
                    true);
        }
        final boolean isFinal = isLive || (entry != null && entry.isStopped());
        return new RecordingExtent(isFinal ? countedPosition : Math.max(countedPosition, durablePosition), isFinal);
    }
}
