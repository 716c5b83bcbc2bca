package io.tendon.sessionlog.verify;

/** What was found, and how much that matters. */
public enum FindingKind {
    /** Bytes where a frame should be that are none, or whose checksum or header is wrong. */
    DAMAGED_FRAME(Severity.ERROR),
    /** A frame whose length is not that of the message in it; its checksum does not cover that. */
    WRONG_LENGTH(Severity.ERROR),
    /** A sound frame that holds no message of the session's schema. */
    UNKNOWN_MESSAGE(Severity.ERROR),
    /** Sequence numbers that were used up and are not recorded, and nobody says why. */
    UNEXPLAINED_LOSS(Severity.ERROR),
    /** A sequence number that was there before. */
    SEQUENCE_ORDER(Severity.ERROR),
    /** A capture time before that of the writer's message before. */
    TIME_ORDER(Severity.ERROR),
    /** Files that are gone, so that what they held cannot be read. */
    MISSING_FILES(Severity.ERROR),
    /** The archive's catalog and the manifest say different things of a recording. */
    CATALOG_MISMATCH(Severity.ERROR),
    /** The session's copy of the schema is not what it says it is. */
    SCHEMA_MISMATCH(Severity.ERROR),
    /** A damaged or missing file that others make up for. */
    REPLACED_FILE(Severity.WARNING),
    /** A range of the recording that a repair has replaced, or messages that it found missing; it was damaged before. */
    NAMED_LOSS(Severity.WARNING),
    /** Messages that are recorded, and their writer says that they were refused to it. */
    REFUSAL_RECORDED(Severity.WARNING),
    /** A reader other than the recorder missed messages that are recorded. */
    READER_LEFT_BEHIND(Severity.NOTE),
    /** Sequence numbers that are not recorded, and the log says why. */
    EXPLAINED_LOSS(Severity.NOTE),
    /** Segments of the recording that were deleted to make room. */
    DELETED(Severity.NOTE),
    /** Sequence numbers that are not recorded, so short before the end of what is recorded that the log may yet say why. */
    UNEXPLAINED_YET(Severity.NOTE),
    /** A process that died, or was stopped, and was started again. */
    NODE_RESTARTED(Severity.NOTE),
    /** A process that fell silent without saying that it stops, and did not come back. */
    NODE_SILENT(Severity.NOTE),
    /** The last frame of a recording that was not stopped in order is not whole. */
    TORN_END(Severity.NOTE),
    /** The session was not ended in order. */
    INTERRUPTED(Severity.NOTE),
    /** The session is being recorded. */
    BEING_RECORDED(Severity.NOTE),
    /** Statements that only a younger build can read. */
    YOUNGER_BUILD(Severity.NOTE),
    /** A stream's rate is not what it should be. */
    RATE(Severity.NOTE),
    /** A writer that speaks regularly did not for a while. */
    SILENCE(Severity.NOTE),
    /** How far apart the streams begin and end. */
    SKEW(Severity.NOTE);

    private final Severity severity;

    FindingKind(final Severity severity) {
        this.severity = severity;
    }

    /** How much it matters. */
    public Severity severity() {
        return severity;
    }

    /** How much a finding matters. */
    public enum Severity {
        /** The recording is not whole. */
        ERROR,
        /** Something is damaged and no recorded message is lost by it, or it was and a repair has named what is lost. */
        WARNING,
        /** Good to know. */
        NOTE
    }
}
