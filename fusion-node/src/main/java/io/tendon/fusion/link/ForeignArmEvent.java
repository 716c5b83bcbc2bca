package io.tendon.fusion.link;

import io.tendon.bus.event.EventPublisher;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.Severity;
import java.util.function.IntConsumer;

/** Says that control moves another arm than fusion. Fusion's thread. */
public final class ForeignArmEvent implements IntConsumer {
    private static final String FOREIGN_ARM =
            "control moves an arm with another number of joints: start control and fusion with the same --robot";

    private final EventPublisher events;

    /**
     * Has said nothing.
     *
     * @param events of the node.
     */
    public ForeignArmEvent(final EventPublisher events) {
        this.events = events;
    }

    @Override
    public void accept(final int jointCount) {
        events.event(EventKind.EXCEPTION, Severity.ERROR, jointCount, Double.NaN, FOREIGN_ARM);
    }
}
