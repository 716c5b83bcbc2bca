package io.tendon.fusion.task;

/** Where pick and place stands. The names are those of the schema's TaskStep. */
public enum TaskStep {
    /** Control has not followed set-points yet. */
    IDLE,
    /** On the way to the home position, fingers open. */
    HOME,
    /** On the way to the place above the block, fingers open. */
    APPROACH,
    /** Straight down to the block. */
    DESCEND,
    /** The fingers close. */
    GRASP,
    /** Straight up with the block. */
    LIFT,
    /** Over to the place above where the block goes. */
    TRANSFER,
    /** Straight down with the block. */
    LOWER,
    /** The fingers open. */
    RELEASE,
    /** Straight up without the block. */
    RETREAT,
    /** Given up; out of the way, fingers open. */
    FAILED
}
