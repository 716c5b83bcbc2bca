package io.tendon.fusion.link;

import io.tendon.bus.RealTime;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import io.tendon.bus.event.EventPublisher;
import io.tendon.fusion.task.TaskListener;
import io.tendon.fusion.task.TaskStep;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.Severity;
import org.agrona.concurrent.status.AtomicCounter;

/** Says what the task does, as events and in counters that outlive the node. Fusion's thread. */
@RealTime
public final class TaskReporter implements TaskListener {
    private final EventPublisher events;
    private final AtomicCounter step;
    private final AtomicCounter completedTasks;
    private final AtomicCounter failedTasks;

    /**
     * A reporter; makes its counters, which asks the driver.
     *
     * @param events to publish on.
     * @param counters of the node.
     */
    public TaskReporter(final EventPublisher events, final BusCounters counters) {
        this.events = events;
        step = counters.node(BusCounter.TASK_STEP);
        completedTasks = counters.node(BusCounter.TASKS_COMPLETED);
        failedTasks = counters.node(BusCounter.TASKS_FAILED);
        step.setRelease(TaskStepCode.of(TaskStep.IDLE).value());
    }

    @Override
    public void onStepChanged(final TaskStep from, final TaskStep to) {
        final short code = TaskStepCode.of(to).value();
        step.setRelease(code);
        events.event(
                EventKind.TASK_STEP_CHANGED,
                Severity.INFO,
                code,
                TaskStepCode.of(from).value(),
                to.name());
    }

    @Override
    public void onCompleted(final int completed, final double durationS) {
        completedTasks.getAndAddRelease(1);
        events.event(EventKind.TASK_COMPLETED, Severity.INFO, completed, durationS, "");
    }

    @Override
    public void onFailed(final int failed, final String reason) {
        failedTasks.getAndAddRelease(1);
        events.event(EventKind.TASK_FAILED, Severity.WARNING, failed, Double.NaN, reason);
    }
}
