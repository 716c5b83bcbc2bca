package io.tendon.persistence.command;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.signal.StopSignal;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.json.JsonOutput;
import io.tendon.store.state.StateKey;
import io.tendon.store.state.StateValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what is known under a key, and then each change as it is said on the bus. Main thread. */
@Command(
        name = "watch",
        description = {
            "Prints what is known under a key, and then each change, one JSON value a line; the robot must run.",
            "A key that is removed is null. Ctrl-C ends it."
        },
        mixinStandardHelpOptions = true)
public final class StateWatchCommand implements Callable<Integer> {
    private static final long IDLE_NS = 5_000_000L;
    private static final int FRAGMENTS = 256;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private StateOptions options = new StateOptions();

    @Parameters(
            paramLabel = "KEY",
            description = "Such as calibration/wrist or fusion.state/FusedState; it need not be known yet.")
    private String key = "";

    @Option(names = "--json", description = "Prints one JSON object a line, which also says where it was said.")
    private boolean isJson;

    private @Nullable StateValue last;
    private boolean isUnheard;

    /** Called by Picocli. */
    public StateWatchCommand() {}

    @Override
    public Integer call() throws IOException {
        final StateKey wanted = new StateKey(key);
        final StreamDescriptor stream =
                wanted.isMessage() ? StreamCatalog.byName(wanted.stream()) : StreamCatalog.STATE_ENTRY;
        final PrintWriter err = spec.commandLine().getErr();
        final StateJson writer = new StateJson(options.dataDirectory(), err::println);
        try (StopSignal stop = new StopSignal();
                BusConnection bus = BusConnection.connect(
                        options.runtime(), NodeId.OPERATOR, error -> err.println("bus: " + error), 0)) {
            stop.exitCode(NodeCommand.EXIT_OK);
            final SpokenState spoken = new SpokenState(wanted, stream, bus.sessionName(), value -> show(writer, value));
            // Listens first: what is said while the map is opened is not missed.
            try (MessageSubscriber subscriber = bus.addSubscriber(
                    stream,
                    spoken,
                    (lossStream, sessionId, first, to) ->
                            err.println("missed " + (to - first + 1) + " messages of " + lossStream.name()))) {
                showKnown(writer, wanted, stop);
                while (!stop.isStopped() && !isUnheard) {
                    if (bus.isClosed()) {
                        throw new CommandFailure("state watch: the session has ended; start the robot and watch again");
                    }
                    if (subscriber.poll(FRAGMENTS) == 0) {
                        stop.await(IDLE_NS);
                    }
                }
            }
        }
        return NodeCommand.EXIT_OK;
    }

    private void showKnown(final StateJson writer, final StateKey wanted, final StopSignal stop) {
        final PrintWriter err = spec.commandLine().getErr();
        try (StateAnswers answers = new StateSource(options, err::println, stop::isStopped).open()) {
            final StateValue known = answers.get(wanted);
            if (known != null) {
                show(writer, known);
            }
        }
    }

    private void show(final StateJson writer, final StateValue value) {
        final StateValue before = last;
        if (before != null && StateValue.ORDER.compare(value, before) <= 0) {
            return;
        }
        last = value;
        final PrintWriter out = spec.commandLine().getOut();
        try {
            if (isJson) {
                JsonOutput.write(out, json -> writer.writeRow(json, value, true));
            } else {
                out.println(writer.content(value));
                out.flush();
            }
            // Who reads, such as head, may have had enough.
            isUnheard = out.checkError();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
