package io.tendon.persistence.command;

import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.signal.StopSignal;
import io.tendon.sessionlog.json.JsonOutput;
import io.tendon.store.state.StateValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the keys that are known. Main thread. */
@Command(
        name = "list",
        description = "Lists the keys that are known, and when each was said last.",
        mixinStandardHelpOptions = true)
public final class StateListCommand implements Callable<Integer> {
    private static final int CONTENT_CHARACTERS = 60;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private StateOptions options = new StateOptions();

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            description = "What the keys begin with, such as calibration/ (default: all).")
    private String prefix = "";

    @Option(names = "--json", description = "Prints one JSON array of rows.")
    private boolean isJson;

    /** Called by Picocli. */
    public StateListCommand() {}

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final List<StateValue> values;
        try (StopSignal stop = new StopSignal();
                StateAnswers answers = new StateSource(options, err::println, stop::isStopped).open()) {
            values = answers.list(prefix).stream()
                    .filter(value -> !value.isRemoved())
                    .toList();
        }
        final StateJson writer = new StateJson(options.dataDirectory(), err::println);
        if (isJson) {
            JsonOutput.write(out, json -> {
                json.writeStartArray();
                for (final StateValue value : values) {
                    writer.writeRow(json, value, false);
                }
                json.writeEndArray();
            });
        } else if (values.isEmpty()) {
            err.println("nothing is known" + (prefix.isEmpty() ? "" : " under keys that begin with " + prefix));
        } else {
            print(out, writer, values);
        }
        return NodeCommand.EXIT_OK;
    }

    private static void print(final PrintWriter out, final StateJson json, final List<StateValue> values)
            throws IOException {
        out.printf(Locale.ROOT, "%-40s %-30s %-22s %s%n", "key", "captured", "session", "content");
        for (final StateValue value : values) {
            out.printf(
                    Locale.ROOT,
                    "%-40s %-30s %-22s %s%n",
                    value.key(),
                    instant(value.captureTimeNs()),
                    value.session(),
                    value.key().isMessage() ? "" : value.message() == null ? "…" : shortened(json.content(value)));
        }
        out.flush();
    }

    /** To the last digit, so that `state get --as-of` with it gives this very value. */
    private static String instant(final long epochNs) {
        return Instant.EPOCH.plusNanos(epochNs).toString();
    }

    private static String shortened(final String content) {
        final String line = content.replaceAll("\\s+", " ");
        return line.length() <= CONTENT_CHARACTERS ? line : line.substring(0, CONTENT_CHARACTERS - 1) + "…";
    }
}
