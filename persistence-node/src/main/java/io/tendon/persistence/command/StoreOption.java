package io.tendon.persistence.command;

import io.tendon.bus.config.Durations;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.option.SessionOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say whose store is asked, and how long an answer may take. Filled by Picocli on the main thread. */
final class StoreOption {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private SessionOption sessionOption = new SessionOption();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Durations.Converter.class,
            description = "How long the answer may take (default: ${DEFAULT-VALUE}).")
    private long timeoutNs;

    /** Called by Picocli. */
    StoreOption() {}

    /** Finds the session, as {@link SessionOption#find} does. */
    Session find() {
        return sessionOption.find();
    }

    /**
     * Opens the way to a session's store.
     *
     * @param session that was found.
     * @return the door.
     */
    StoreDoor open(final Session session) {
        return StoreDoor.open(
                session,
                sessionOption.robotName(),
                timeoutNs,
                command.commandLine().getErr());
    }
}
