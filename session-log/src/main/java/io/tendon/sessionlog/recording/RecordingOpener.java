package io.tendon.sessionlog.recording;

import java.nio.file.Path;

/** Where a recording's messages come from: its files, or whoever plays them. One owner thread. */
@FunctionalInterface
public interface RecordingOpener {
    /**
     * Opens a recording.
     *
     * @param recording as the catalog describes it.
     * @param fromNs capture time, ns since the epoch: messages captured before it may be left out; {@link Long#MIN_VALUE}
     *     for all.
     * @return its messages in the order of their positions.
     */
    MessageCursor open(RecordingDescriptor recording, long fromNs);

    /**
     * Opens recordings from their files.
     *
     * @param archiveDir that holds them.
     * @param damages is told of damaged ranges.
     * @return the opener.
     */
    static RecordingOpener files(final Path archiveDir, final DamageListener damages) {
        return (recording, fromNs) -> {
            final RecordingReader reader = new RecordingReader(archiveDir, recording, damages);
            if (fromNs != Long.MIN_VALUE) {
                reader.seekTime(fromNs);
            }
            return reader;
        };
    }
}
