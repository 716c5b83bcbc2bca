package io.tendon.bus.cycle;

/** How much a node insists on real-time scheduling. */
public enum RtMode {
    /** Do not ask. */
    OFF,
    /** Ask, and say what could not be had. */
    PREFER,
    /** Do not start without it. */
    REQUIRE
}
