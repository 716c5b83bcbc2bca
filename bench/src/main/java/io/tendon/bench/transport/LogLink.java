package io.tendon.bench.transport;

/** A link through one of Aeron's logs, which can be recorded. */
public interface LogLink extends Link {
    /** Aeron's session id of the log that is sent into. */
    int sessionId();

    /** Position in that log behind the last message. */
    long position();
}
