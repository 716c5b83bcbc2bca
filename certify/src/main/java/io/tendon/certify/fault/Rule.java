package io.tendon.certify.fault;

/** What a robot keeps under a fault, and is asked for. Each fault says which of them are its. */
public enum Rule {
    /** Control's offers on its own streams were refused 0 times. */
    CONTROL_REFUSED_NOTHING("no message of control refused"),
    /** Fusion missed no message of control. */
    FUSION_MISSED_NOTHING("no message of control missed by fusion"),
    /** The recorder missed no message of any stream. */
    RECORDER_MISSED_NOTHING("no message missed by the recorder"),
    /** No process died but the one that the fault killed. */
    NOBODY_ELSE_DIED("no process died besides"),
    /** All nodes do their work again and messages flow. */
    RECOVERED("all nodes work again");

    private final String promise;

    Rule(final String promise) {
        this.promise = promise;
    }

    /** What is kept, in words. */
    public String promise() {
        return promise;
    }
}
