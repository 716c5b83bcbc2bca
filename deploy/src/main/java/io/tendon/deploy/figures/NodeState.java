package io.tendon.deploy.figures;

import io.tendon.bus.counter.LiveNode;

/** Whether a node does its work. */
public enum NodeState {
    /** It has not started in this session. */
    ABSENT,
    /** Its process lives and is not ready yet. */
    STARTING,
    /** It lives and beats. */
    UP,
    /** It has been told to stop. */
    STOPPING,
    /** It stopped in order. */
    ENDED,
    /** Its process is there and has not beaten for a second or more. */
    SILENT,
    /** Its process is gone without having stopped in order. */
    DEAD;

    /** Whether somebody should look after it. */
    public boolean isFailure() {
        return this == SILENT || this == DEAD;
    }

    /**
     * What a node's counters say.
     *
     * @param heartbeatAgeMs since its latest heartbeat; negative is young.
     * @param heartbeatTimeoutMs from which on it is silent.
     * @param hasBeaten whether there ever was a heartbeat.
     * @param isProcessAlive whether its process is there.
     * @param ready as in {@link io.tendon.bus.counter.BusCounter#READY}.
     * @return its state.
     */
    static NodeState of(
            final long heartbeatAgeMs,
            final long heartbeatTimeoutMs,
            final boolean hasBeaten,
            final boolean isProcessAlive,
            final long ready) {
        if (!hasBeaten) {
            return isProcessAlive ? STARTING : ABSENT;
        }
        final boolean isStopping = ready == LiveNode.STOPPING;
        if (!isProcessAlive) {
            return isStopping ? ENDED : DEAD;
        }
        if (isStopping) {
            return STOPPING;
        }
        if (heartbeatAgeMs > heartbeatTimeoutMs) {
            return SILENT;
        }
        return ready == 0 ? STARTING : UP;
    }
}
