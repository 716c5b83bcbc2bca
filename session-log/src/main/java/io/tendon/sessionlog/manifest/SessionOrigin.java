package io.tendon.sessionlog.manifest;

import java.util.List;

/**
 * What was running, on which robot and where.
 *
 * @param robotName as the robot's description says; empty while it is not known.
 * @param jointNames base to tip; empty while they are not known.
 * @param hardware "sim", or the driver that moved the arm; empty while it is not known.
 * @param build version of Tendon that recorded.
 * @param javaVersion of the recorder.
 * @param host name of the machine.
 * @param kernel of the machine: name, release and architecture.
 */
public record SessionOrigin(
        String robotName,
        List<String> jointNames,
        String hardware,
        String build,
        String javaVersion,
        String host,
        String kernel) {

    /** Nothing known. */
    public static final SessionOrigin UNKNOWN = new SessionOrigin("", List.of(), "", "", "", "", "");

    /** Copies the list. */
    public SessionOrigin {
        jointNames = List.copyOf(jointNames);
    }

    /** Whether the robot's own description has been seen. */
    public boolean isRobotKnown() {
        return !jointNames.isEmpty();
    }
}
