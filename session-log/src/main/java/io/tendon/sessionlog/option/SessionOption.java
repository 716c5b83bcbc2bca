package io.tendon.sessionlog.option;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeOptions;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.SessionNotFoundException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that name a session, those of every command among them. Filled by Picocli on the main thread. */
public final class SessionOption {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(
            names = "--session",
            paramLabel = "ID",
            description = "Session, or the beginning of its id; see `persistence-node sessions` (default: the latest).")
    private @Nullable String session;

    /** Called by Picocli. */
    public SessionOption() {}

    /** Name of the robot on this machine. */
    public String robotName() {
        return options.name();
    }

    /**
     * Finds the session, and says on stderr what is wrong with it.
     *
     * @return how it stands.
     * @throws CommandFailure when there is none, or not exactly one.
     * @throws ConfigException when the options cannot name one.
     */
    public Session find() {
        final PrintWriter err = command.commandLine().getErr();
        final Session found = findQuietly();
        found.warnings().forEach(err::println);
        found.faults().forEach(err::println);
        found.damages().forEach(damage -> err.println("damaged: " + damage.text()));
        return found;
    }

    /**
     * Refuses a name that is none: a variable of a script that is empty must not mean any session.
     *
     * @param name as it was given; null when none was.
     * @throws ConfigException when it is blank.
     */
    public static void requireName(final @Nullable String name) {
        if (name != null && name.isBlank()) {
            throw new ConfigException(
                    "session",
                    name,
                    "must be the beginning of a session's id",
                    "`persistence-node sessions` lists them; leave --session out for the latest");
        }
    }

    /**
     * Finds where a session is, without a look into it: it may be damaged.
     *
     * @param catalog of all sessions.
     * @param name its id, or the beginning of it; null for the latest.
     * @return the directory.
     * @throws CommandFailure when there is none, or not exactly one.
     */
    public static SessionDirectory directory(final SessionCatalog catalog, final @Nullable String name) {
        try {
            return name == null ? catalog.latestDirectory() : catalog.findDirectory(name);
        } catch (final SessionNotFoundException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Finds the session; to say what is wrong with it is the caller's.
     *
     * @return how it stands.
     * @throws CommandFailure when there is none, or not exactly one.
     * @throws ConfigException when the options cannot name one.
     */
    public Session findQuietly() {
        requireName(session);
        final SessionCatalog catalog = new SessionCatalog(options.dataDirectory());
        try {
            return session == null ? catalog.latest() : catalog.find(session);
        } catch (final SessionNotFoundException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }
}
