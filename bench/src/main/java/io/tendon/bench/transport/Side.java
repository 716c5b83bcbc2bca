package io.tendon.bench.transport;

/** The ends of a link. */
public enum Side {
    /** Sends first. */
    PING,
    /** Answers. */
    ECHO
}
