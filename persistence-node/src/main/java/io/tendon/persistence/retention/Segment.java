package io.tendon.persistence.retention;

import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.nio.file.Path;

/**
 * A file of a recording. Immutable; any thread.
 *
 * @param recording that it belongs to.
 * @param basePosition of its first byte.
 * @param file that it is.
 * @param bytes that it takes at most.
 * @param modifiedMs when it was written last, ms since the epoch.
 */
record Segment(RecordingDescriptor recording, long basePosition, Path file, long bytes, long modifiedMs) {}
