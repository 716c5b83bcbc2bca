package io.tendon.bus.counter;

/**
 * What is counted in shared memory, by node and, where it says so, by stream. The counts outlive the process that made
 * them, and a restarted node goes on with the same ones ({@link BusCounters}).
 */
public enum BusCounter {
    /** Messages committed by a writer on a stream. */
    SENT,
    /** Offers refused to a writer on a stream. */
    REFUSED,
    /** Of these, those because a reader held the writer's limit. */
    REFUSED_BACK_PRESSURED,
    /** Those because nobody listened. */
    REFUSED_NOT_CONNECTED,
    /** Those because the log was being rotated, twice in a row. */
    REFUSED_ADMIN_ACTION,
    /** Those because the log was closed, by its writer or with its driver. */
    REFUSED_CLOSED,
    /** Those because the stream's position was used up. */
    REFUSED_MAX_POSITION,
    /** Messages that a reader got from a stream. */
    RECEIVED,
    /** Of these, those that it had got before. */
    REPEATED,
    /** Messages that a reader missed in a stream. */
    GAPS,
    /** Of these, those in stretches of a log that the reader did not read on: it was cut off, and joined again. */
    LEFT_BEHIND,
    /** Sequence numbers that writers had used up before the reader first heard them. */
    BEFORE_JOINING,

    /** Process id of a node. */
    PID,
    /** Lives of a node in this session: 1 at its first start, one more after each that follows. */
    LIVES,
    /** When a node's process began, ms since the epoch. */
    STARTED_AT_MS,
    /** Last heartbeat of a node, ms since the epoch. */
    HEARTBEAT_MS,
    /** Exceptions in a node's error log. */
    ERRORS,
    /** Memory of a node, RssAnon plus RssFile, in bytes. */
    RESIDENT_BYTES,
    /** What a node got of its real-time wishes, see {@code RealTimeOutcome.code}: 0 nothing asked, 1 all, 2 less. */
    REAL_TIME,
    /** What a node did not get of them, a bit each, see {@code RealTimeRight.of}. */
    REAL_TIME_MISSING,
    /** 1 once a node does its work, 2 while it stops. */
    READY,

    /** Ticks of a node's loop that were due. */
    CYCLES_SCHEDULED,
    /** Ticks of a node's loop that were executed. */
    CYCLES_EXECUTED,
    /** Ticks of a node's loop that passed before their cycle could begin. */
    CYCLES_MISSED,
    /** Of these, those by a late wake-up. */
    MISSED_LATE_WAKE_UP,
    /** Those by a long cycle. */
    MISSED_LONG_CYCLE,
    /** Those by a cycle that the hardware made long. */
    MISSED_HARDWARE,
    /** Median lateness of a loop over its life, ns. */
    LATENESS_P50_NS,
    /** 99th percentile of lateness, ns. */
    LATENESS_P99_NS,
    /** 99.9th percentile of lateness, ns. */
    LATENESS_P999_NS,
    /** Largest lateness, ns. */
    LATENESS_MAX_NS,
    /** Of the last 100 ticks due, how many were executed, in 1/1,000,000. */
    SUCCESS_RATE_PPM,

    /** Control's safety state, the number of the schema's enum. */
    SAFETY_STATE,
    /** Set-points refused by control because they were too far from the arm. */
    SETPOINTS_REJECTED,
    /** Commands that control's limiter changed. */
    LIMITS_HIT,
    /** Largest anomaly score of control's last half to one second, in 1/1,000,000; -1 when nothing was judged. */
    ANOMALY_SCORE_PPM,
    /** Anomalies that control has said. */
    ANOMALIES,
    /** The latest of them, see {@link LastAnomaly}; 0 before the first. */
    LAST_ANOMALY,
    /** When that was, ms since the epoch. */
    LAST_ANOMALY_AT_MS,
    /** Faults of the simulated arm that have begun. */
    FAULTS_INJECTED,

    /** Fusion's task step, the number of the schema's enum. */
    TASK_STEP,
    /** Picks and places done. */
    TASKS_COMPLETED,
    /** Picks and places given up. */
    TASKS_FAILED,
    /** Windows that closed without all their samples. */
    WINDOWS_INCOMPLETE,
    /** What becomes of fusion's model, see {@link ModelState}. */
    INFERENCE_STATE,
    /** Windows that the model has judged. */
    INFERENCES,
    /** Of these, those whose score came later than the model's deadline. */
    INFERENCES_LATE,
    /** Of these, those whose score was above the model's threshold. */
    INFERENCES_ABOVE,
    /** Windows that were skipped because the model was busy when they were due. */
    INFERENCES_SKIPPED,
    /** Windows that were due for the model and of which no sample had arrived. */
    INFERENCES_EMPTY,
    /** Times that a model was isolated because it failed. */
    INFERENCES_ISOLATED,
    /** Median time from a window's hand-over to its score, over the node's life, ns. */
    INFERENCE_P50_NS,
    /** 99th percentile of that time, ns. */
    INFERENCE_P99_NS,
    /** Longest such time, ns. */
    INFERENCE_MAX_NS,

    /** Messages of a stream in the recording. */
    RECORDED,
    /** Bytes that the recorder is behind the writer of a stream. */
    RECORDER_LAG_BYTES,
    /** Bytes that the device is behind the recorder of a stream. */
    DURABLE_LAG_BYTES,
    /** Bytes that the indices are behind the recorder. */
    INDEX_LAG_BYTES,
    /** Age of the oldest recorded message that is not in the indices yet, ms. */
    INDEX_LAG_MS,
    /** Recordings restarted because they stopped unasked. */
    RECORDINGS_RESTARTED,
    /** Bytes free where sessions are kept. */
    DISK_FREE_BYTES,
    /** When the recorder flushes, see {@link DurabilityLevel#code}. */
    DURABILITY_LEVEL,
    /** Median time from a message's capture until it was on the device, over the recorder's life, ns. */
    DURABLE_P50_NS,
    /** 99th percentile of that time, ns. */
    DURABLE_P99_NS,
    /** 99.9th percentile of that time, ns. */
    DURABLE_P999_NS,
    /** Longest such time, ns. */
    DURABLE_MAX_NS,
    /** 1 while a stream is not recorded because the disk is too full. */
    RECORDING_HELD
}
