package io.tendon.sessionlog.recording;

/** What is wrong with the bytes at a position where a frame should begin. */
public enum FrameFault {
    /** Nothing: a whole frame that belongs here. */
    NONE("no fault"),
    /** The length is 0 or less: nothing was written here (yet). */
    UNWRITTEN("nothing written"),
    /** The file ends before the frame does, or is missing. */
    CUT_OFF("file missing or cut off"),
    /** Length, version, flags or type cannot be those of a frame. */
    MALFORMED("malformed frame header"),
    /** Term id, term offset, stream id or (of padding) session id are those of another place. */
    MISPLACED("frame of another position or stream"),
    /** The payload does not fit its CRC32C. */
    CHECKSUM("CRC32C mismatch");

    private final String text;

    FrameFault(final String text) {
        this.text = text;
    }

    /** For a person. */
    public String text() {
        return text;
    }
}
