package io.tendon.bus.cycle;

/** How a person gives a process the rights that it lacks. Immutable; any thread. */
public final class RightsRemedy {
    /** Enough for every loop of the robot, so that nobody has to mend the same thing twice; as in the systemd units. */
    private static final int USUAL_LIMIT = 90;

    private RightsRemedy() {}

    /**
     * For SCHED_FIFO.
     *
     * @param priority that is wanted, 1 to 99.
     * @return three ways, on one line.
     */
    public static String scheduling(final int priority) {
        final int limit = Math.max(priority, USUAL_LIMIT);
        return remedy("rtprio " + limit, "LimitRTPRIO=" + limit, "CAP_SYS_NICE");
    }

    /** For locked memory: three ways, on one line. */
    public static String memoryLock() {
        return remedy("memlock unlimited", "LimitMEMLOCK=infinity", "CAP_IPC_LOCK");
    }

    /**
     * The command that gives both rights to the user of this process, who logs in again afterwards.
     *
     * @param priority that is wanted, 1 to 99.
     * @return a line for a shell.
     */
    public static String command(final int priority) {
        return "printf '" + user() + " - rtprio " + Math.max(priority, USUAL_LIMIT) + "\\n" + user()
                + " - memlock unlimited\\n' | sudo tee /etc/security/limits.d/tendon.conf  # then log in again";
    }

    private static String remedy(final String limit, final String unit, final String capability) {
        return "put '" + user() + " - " + limit + "' into /etc/security/limits.d/tendon.conf and log in again, or "
                + unit + " or AmbientCapabilities=" + capability + " into the systemd unit";
    }

    private static String user() {
        return System.getProperty("user.name", "USER");
    }
}
