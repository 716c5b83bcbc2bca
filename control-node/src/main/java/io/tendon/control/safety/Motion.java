package io.tendon.control.safety;

/** How the next command is made. */
public enum Motion {
    /** Along the way to the set-point, and on with its acceleration when its time is past. */
    FOLLOW,
    /** To a stop, limited in jerk; then stands. */
    RAMP,
    /** To a stop as fast as the acceleration limits allow; then stands. */
    STOP,
    /** Along the jog that an operator asked for; then stands. */
    JOG
}
