package io.tendon.sessionlog.recording;

/**
 * A range of a recording that cannot be read.
 *
 * @param recording that is damaged.
 * @param fromPosition of the first byte that is not part of a good frame.
 * @param toPosition at which the next good frame begins, or the recording ends.
 * @param fault of the frame at {@code fromPosition}.
 */
public record Damage(RecordingDescriptor recording, long fromPosition, long toPosition, FrameFault fault) {

    /** One line for a person. */
    public String text() {
        return "recording=" + recording.recordingId() + " stream=" + recording.streamName() + " positions="
                + fromPosition + ".." + toPosition + ": " + fault.text();
    }
}
