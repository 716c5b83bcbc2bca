package io.tendon.control;

/** What moves the arm. */
enum HardwareKind {
    /** A simulated arm in this process. */
    SIM
}
