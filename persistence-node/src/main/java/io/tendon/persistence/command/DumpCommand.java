package io.tendon.persistence.command;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionReader;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.sessionlog.json.MessageJson;
import io.tendon.sessionlog.option.SessionOption;
import io.tendon.sessionlog.recording.Damage;
import io.tendon.sessionlog.recording.TimeRange;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints messages as JSON lines, from files alone. Main thread. */
@Command(
        name = "dump",
        description = "Prints recorded messages as JSON lines, in the order of their capture times.",
        mixinStandardHelpOptions = true)
public final class DumpCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private SessionOption sessionOption = new SessionOption();

    @Mixin
    private MessageSelection selection = new MessageSelection();

    @Option(names = "--count", paramLabel = "N", description = "Most messages to print (default: all).")
    private long count = Long.MAX_VALUE;

    /** Called by Picocli. */
    public DumpCommand() {}

    @Override
    public Integer call() throws IOException {
        if (count < 1) {
            throw new ConfigException("count", count, "must be 1 or more", "leave --count out to print all");
        }
        final PrintWriter err = spec.commandLine().getErr();
        final Session session = sessionOption.find();
        final Set<Integer> streamIds = selection.streamIds(session);
        final List<Damage> damages = new ArrayList<>();
        final TimeRange range = selection.range(session);
        try (SessionReader reader = new SessionReader(session.directory(), streamIds::contains, range, damages::add);
                // Not System.out, which says nothing of a closed pipe until it is too late.
                FileOutputStream out = new FileOutputStream(FileDescriptor.out);
                MessageJson json = new MessageJson(MessageIr.of(session.directory(), err::println), out)) {
            print(reader, json);
        }
        damages.forEach(damage -> err.println("damaged, skipped: " + damage.text()));
        return damages.isEmpty() && session.faults().isEmpty() ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
    }

    private void print(final SessionReader reader, final MessageJson json) throws IOException {
        try {
            for (long printed = 0; printed < count && reader.next(); printed++) {
                json.write(reader.message());
            }
            json.flush();
        } catch (final IOException e) {
            ClosedPipe.endIf(e);
            throw e;
        } catch (final UncheckedIOException e) {
            ClosedPipe.endIf(e);
            throw e;
        }
    }
}
