package io.tendon.control.hardware;

/** The hardware reported a fault: what, actual, rule, remedy, in ASCII. */
public final class HardwareException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param message one line.
     */
    public HardwareException(final String message) {
        super(message);
    }
}
