package io.tendon.deploy.figures;

import io.tendon.schemas.EventKind;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.Severity;

/**
 * Something that happened, in words.
 *
 * @param timeNs when, ns since the epoch by the session's clock.
 * @param node that says so.
 * @param severity how much it matters.
 * @param name what: the kind of event in capitals, LOSS or COMMAND.
 * @param text about it; may be empty.
 */
public record RecordedEvent(long timeNs, NodeId node, Severity severity, String name, String text) {
    /** Whether it happens all the time while all is well, so that it may be left out where room is short. */
    public boolean isRoutine() {
        return name.equals(EventKind.TASK_STEP_CHANGED.name()) || name.equals(EventKind.RECORDING_STARTED.name());
    }
}
