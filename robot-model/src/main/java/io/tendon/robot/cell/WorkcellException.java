package io.tendon.robot.cell;

import java.io.Serial;

/** A work cell file that cannot be used: {@code file: key=value: rule; remedy}. */
public final class WorkcellException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    WorkcellException(final String message) {
        super(message);
    }
}
