package io.tendon.control.safety;

/** What an operator may ask for. The schema's CommandKind says it on the bus. */
public enum OperatorRequest {
    /** Slow down and stand. */
    HOLD("hold"),
    /** Follow set-points again. */
    RESUME("resume"),
    /** Stop as fast as the acceleration limits allow, and stay stopped. */
    ESTOP("estop"),
    /** Leave a latched state. */
    RESET("reset"),
    /** Move one joint. */
    JOG("jog");

    private final String verb;

    OperatorRequest(final String verb) {
        this.verb = verb;
    }

    /** The command's name on the command line. */
    public String verb() {
        return verb;
    }
}
