package io.tendon.fusion.task;

import java.io.Serial;

/** A work cell that the robot cannot serve: what, actual value, rule, remedy. */
public final class PlanException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param message what, actual value, rule, remedy.
     */
    public PlanException(final String message) {
        super(message);
    }
}
