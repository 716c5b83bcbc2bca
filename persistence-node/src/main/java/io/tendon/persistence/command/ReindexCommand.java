package io.tendon.persistence.command;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.option.SessionOption;
import io.tendon.store.SessionStore;
import io.tendon.store.history.EngineLimits;
import io.tendon.store.history.HistoryIndex;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code persistence-node reindex}: drops what was made of a session's recording, and makes it again. */
@Command(
        name = "reindex",
        description =
                "Drops what was made of a session's recording to answer questions, and makes it again. The recording is"
                        + " only read.",
        mixinStandardHelpOptions = true)
public final class ReindexCommand implements Callable<Integer> {
    private static final int MESSAGES_AT_ONCE = 5_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private SessionOption sessionOption = new SessionOption();

    /** Called by Picocli. */
    public ReindexCommand() {}

    @Override
    public Integer call() {
        final Session session = sessionOption.find();
        if (session.manifest().presentState() == SessionState.OPEN) {
            throw new CommandFailure("session " + session.directory().sessionId()
                    + ": is being recorded, and its index kept; stop the robot first");
        }
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        try (SessionStore store = SessionStore.openAnew(
                session.directory(),
                EngineLimits.IDLE_MEMORY_MIB,
                err::println,
                damage -> err.println("damaged, skipped: " + damage.text()))) {
            new CatchUp(session, store, err).run(MESSAGES_AT_ONCE);
            final HistoryIndex history = store.history();
            out.println(history.name() + ": " + store.indexer().indexedMessages() + " messages"
                    + (history.passedOver() == 0
                            ? ""
                            : ", " + history.passedOver()
                                    + " of them in no table: of no type that the session's schema knows"));
            out.flush();
        }
        return NodeCommand.EXIT_OK;
    }
}
