package io.tendon.persistence.command;

import io.tendon.sessionlog.SessionDirectory;

/** The command that shows a range of a session again, to be pasted into a shell anywhere. Stateless; any thread. */
final class ReplayLine {
    private ReplayLine() {}

    /**
     * Says it.
     *
     * @param session that was recorded.
     * @param from time as the command takes it.
     * @param to time as the command takes it.
     * @return the line.
     */
    static String of(final SessionDirectory session, final String from, final String to) {
        // From another directory the session would not be found by its name alone.
        return "persistence-node replay --session " + quoted(session.sessionId()) + " --from " + from + " --to " + to
                + " --data " + quoted(session.data().toAbsolutePath().toString());
    }

    private static String quoted(final String text) {
        return text.matches("[A-Za-z0-9_./:@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
