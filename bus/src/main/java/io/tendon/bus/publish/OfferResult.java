package io.tendon.bus.publish;

import io.aeron.Publication;

/** What became of an offer. A refusal is an expected outcome: the message is dropped, counted, and never retried. */
public enum OfferResult {
    /** There is room; encode and commit. */
    ACCEPTED,
    /** A reader holds the writer's limit. */
    BACK_PRESSURED,
    /** Nobody listens. */
    NOT_CONNECTED,
    /** The log was being rotated, twice in a row. */
    ADMIN_ACTION,
    /** The publication is closed, by us or because the driver is gone. */
    CLOSED,
    /** The stream's position is used up. */
    MAX_POSITION;

    /** Whether there is something to commit. */
    public boolean isAccepted() {
        return this == ACCEPTED;
    }

    static OfferResult ofPosition(final long position) {
        if (position > 0) {
            return ACCEPTED;
        }
        if (position == Publication.BACK_PRESSURED) {
            return BACK_PRESSURED;
        }
        if (position == Publication.NOT_CONNECTED) {
            return NOT_CONNECTED;
        }
        if (position == Publication.ADMIN_ACTION) {
            return ADMIN_ACTION;
        }
        if (position == Publication.MAX_POSITION_EXCEEDED) {
            return MAX_POSITION;
        }
        return CLOSED;
    }
}
