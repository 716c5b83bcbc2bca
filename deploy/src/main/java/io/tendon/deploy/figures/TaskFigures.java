package io.tendon.deploy.figures;

import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.TaskStep;

/**
 * Where fusion's task stands.
 *
 * @param step of pick and place.
 * @param completed picks and places done.
 * @param failed picks and places given up.
 * @param windowsIncomplete windows that closed without all their samples.
 */
public record TaskFigures(TaskStep step, long completed, long failed, long windowsIncomplete) {
    /** Reads it. */
    static TaskFigures read(final CounterView view) {
        return new TaskFigures(
                TaskStep.get((short) view.node(BusCounter.TASK_STEP, NodeId.FUSION, 0)),
                view.node(BusCounter.TASKS_COMPLETED, NodeId.FUSION, 0),
                view.node(BusCounter.TASKS_FAILED, NodeId.FUSION, 0),
                view.node(BusCounter.WINDOWS_INCOMPLETE, NodeId.FUSION, 0));
    }
}
