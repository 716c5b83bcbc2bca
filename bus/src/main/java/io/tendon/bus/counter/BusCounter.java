package io.tendon.bus.counter;

/**
 * What is counted in shared memory. Counters are Aeron's static counters: they outlive the process that made them, and a
 * restarted node goes on with the same one. The type id is the kind below; the registration id says of which node and
 * stream ({@link BusCounters#key}).
 */
public enum BusCounter {
    /** Messages committed by a writer on a stream. */
    SENT(47_001),
    /** Offers refused to a writer on a stream. */
    REFUSED(47_002),
    /** Messages that a reader got from a stream. */
    RECEIVED(47_003),
    /** Messages that a reader missed in a stream. */
    GAPS(47_004),

    /** Process id of a node. */
    PID(47_010),
    /** When a node's process began, ms since the epoch. */
    STARTED_AT_MS(47_011),
    /** Last heartbeat of a node, ms since the epoch. */
    HEARTBEAT_MS(47_012),
    /** Exceptions in a node's error log. */
    ERRORS(47_013),
    /** Memory of a node, RssAnon plus RssFile, in bytes. */
    RESIDENT_BYTES(47_014),
    /** What a node got of its real-time wishes: 0 nothing asked, 1 all, 2 less than asked. */
    REAL_TIME(47_015),
    /** 1 once a node does its work, 2 while it stops. */
    READY(47_016),

    /** Ticks of a node's loop that were due. */
    CYCLES_SCHEDULED(47_020),
    /** Ticks of a node's loop that were executed. */
    CYCLES_EXECUTED(47_021),
    /** Ticks of a node's loop that passed before their cycle could begin. */
    CYCLES_MISSED(47_022),
    /** Median lateness of a loop over its life, ns. */
    LATENESS_P50_NS(47_023),
    /** 99th percentile of lateness, ns. */
    LATENESS_P99_NS(47_024),
    /** 99.9th percentile of lateness, ns. */
    LATENESS_P999_NS(47_025),
    /** Largest lateness, ns. */
    LATENESS_MAX_NS(47_026),
    /** Of the last 100 ticks due, how many were executed, in 1/1,000,000. */
    SUCCESS_RATE_PPM(47_027),

    /** Control's safety state, the number of the schema's enum. */
    SAFETY_STATE(47_030),
    /** Set-points refused by control because they were too far from the arm. */
    SETPOINTS_REJECTED(47_031),
    /** Commands that control's limiter changed. */
    LIMITS_HIT(47_032),

    /** Fusion's task step, the number of the schema's enum. */
    TASK_STEP(47_040),
    /** Picks and places done. */
    TASKS_COMPLETED(47_041),
    /** Picks and places given up. */
    TASKS_FAILED(47_042),
    /** Windows that closed without all their samples. */
    WINDOWS_INCOMPLETE(47_043),

    /** Messages of a stream in the recording. */
    RECORDED(47_050),
    /** Bytes that the recorder is behind the writer of a stream. */
    RECORDER_LAG_BYTES(47_051),
    /** Bytes that the device is behind the recorder of a stream. */
    DURABLE_LAG_BYTES(47_052),
    /** Recordings restarted because they stopped unasked. */
    RECORDINGS_RESTARTED(47_053),
    /** Bytes free where sessions are kept. */
    DISK_FREE_BYTES(47_054);

    private final int typeId;

    BusCounter(final int typeId) {
        this.typeId = typeId;
    }

    /** Aeron's type id. */
    public int typeId() {
        return typeId;
    }
}
