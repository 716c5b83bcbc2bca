package io.tendon.persistence.retention;

import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.nio.file.Path;

/**
 * A file of a recording. Immutable; any thread.
 *
 * @param recording that it belongs to.
 * @param basePosition of its first byte.
 * @param file that it is.
 * @param bytes of it that were written.
 * @param modifiedMs when it was written last, ms since the epoch.
 * @param isLast whether it is the last of its recording.
 */
record Segment(
        RecordingDescriptor recording, long basePosition, Path file, long bytes, long modifiedMs, boolean isLast) {}
