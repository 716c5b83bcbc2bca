package io.tendon.bus.doctor;

/**
 * One thing that was looked at.
 *
 * @param name of it, short, the same on every machine.
 * @param status how it is.
 * @param found the value, for a person.
 * @param why it matters to a robot.
 * @param remedy command or setting that mends it; empty when nothing has to be mended.
 */
public record Finding(String name, Status status, String found, String why, String remedy) {
    /** How a thing is. */
    public enum Status {
        /** As it should be. */
        OK,
        /** A robot runs, and worse than it could; or it is not known. */
        WARN,
        /** A robot does not run, or not for long. */
        FAIL
    }

    /** As it should be. */
    static Finding ok(final String name, final String found, final String why) {
        return new Finding(name, Status.OK, found, why, "");
    }

    /** Could be better. */
    static Finding warn(final String name, final String found, final String why, final String remedy) {
        return new Finding(name, Status.WARN, found, why, remedy);
    }

    /** Has to be mended. */
    static Finding fail(final String name, final String found, final String why, final String remedy) {
        return new Finding(name, Status.FAIL, found, why, remedy);
    }
}
