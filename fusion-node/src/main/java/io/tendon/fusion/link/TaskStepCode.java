package io.tendon.fusion.link;

import io.tendon.fusion.task.TaskStep;

/** The task's steps as the schema numbers them. Stateless; any thread. */
final class TaskStepCode {
    private TaskStepCode() {}

    static io.tendon.schemas.TaskStep of(final TaskStep step) {
        return switch (step) {
            case IDLE -> io.tendon.schemas.TaskStep.IDLE;
            case HOME -> io.tendon.schemas.TaskStep.HOME;
            case APPROACH -> io.tendon.schemas.TaskStep.APPROACH;
            case DESCEND -> io.tendon.schemas.TaskStep.DESCEND;
            case GRASP -> io.tendon.schemas.TaskStep.GRASP;
            case LIFT -> io.tendon.schemas.TaskStep.LIFT;
            case TRANSFER -> io.tendon.schemas.TaskStep.TRANSFER;
            case LOWER -> io.tendon.schemas.TaskStep.LOWER;
            case RELEASE -> io.tendon.schemas.TaskStep.RELEASE;
            case RETREAT -> io.tendon.schemas.TaskStep.RETREAT;
            case FAILED -> io.tendon.schemas.TaskStep.FAILED;
        };
    }
}
