package io.tendon.persistence.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.DurabilityLevel;
import io.tendon.bus.counter.LiveNode;
import io.tendon.bus.counter.StreamLedger;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.json.JsonOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how the recorder of a running robot stands, from counters alone. Main thread. */
@Command(
        name = "status",
        description = "Shows how the recorder of a running robot stands.",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    private static final double NS_PER_MS = 1e6;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean isJson;

    /** Called by Picocli. */
    public StatusCommand() {}

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        try (LiveNode recorder = LiveNode.open(RuntimeDirectory.of(options.name()), NodeId.PERSISTENCE)) {
            if (isJson) {
                JsonOutput.write(out, json -> write(json, recorder));
            } else {
                print(out, recorder);
            }
        }
        return NodeCommand.EXIT_OK;
    }

    private static void print(final PrintWriter out, final LiveNode recorder) {
        out.printf(
                Locale.ROOT,
                "session %s  pid %d  heartbeat %d ms ago  recordings restarted %d  index lag %s  disk free %s%n",
                recorder.session().sessionName(),
                recorder.count(BusCounter.PID),
                recorder.heartbeatAgeMs(),
                recorder.count(BusCounter.RECORDINGS_RESTARTED),
                indexLag(recorder),
                Formats.bytes(recorder.count(BusCounter.DISK_FREE_BYTES)));
        out.printf(Locale.ROOT, "durability %s%s%n", durability(recorder), held(recorder));
        out.printf(
                Locale.ROOT,
                "%-22s %12s %10s %10s %12s %14s %14s%n",
                "stream",
                "recorded",
                "refused",
                "missing",
                "left behind",
                "recorder lag",
                "device lag");
        final List<String> disagreements = new ArrayList<>();
        for (final StreamDescriptor stream : StreamCatalog.all()) {
            final StreamLedger ledger = recorder.ledger(stream);
            disagreements.addAll(ledger.disagreements());
            out.printf(
                    Locale.ROOT,
                    "%-22s %12d %10d %10d %12d %14s %14s%n",
                    stream.name(),
                    recorder.count(BusCounter.RECORDED, stream),
                    ledger.refused(),
                    recorder.count(BusCounter.GAPS, stream),
                    recorder.count(BusCounter.LEFT_BEHIND, stream),
                    Formats.bytes(recorder.count(BusCounter.RECORDER_LAG_BYTES, stream)),
                    Formats.bytes(recorder.count(BusCounter.DURABLE_LAG_BYTES, stream)));
        }
        disagreements.forEach(line -> out.println("losses do not add up: " + line));
        out.flush();
    }

    private static void writeKnown(final JsonGenerator json, final String name, final long value) throws IOException {
        if (value < 0) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    private static String indexLag(final LiveNode recorder) {
        final long lagMs = recorder.count(BusCounter.INDEX_LAG_MS);
        return lagMs < 0
                ? "unknown, no index is open"
                : Formats.bytes(recorder.count(BusCounter.INDEX_LAG_BYTES)) + ", " + lagMs + " ms";
    }

    private static String durability(final LiveNode recorder) {
        final long levelCode = recorder.count(BusCounter.DURABILITY_LEVEL);
        final String level = DurabilityLevel.textOf(levelCode)
                + (levelCode == DurabilityLevel.NONE.code() ? ": nothing is flushed before the session ends" : "");
        return recorder.count(BusCounter.DURABLE_MAX_NS) == 0
                ? level
                : String.format(
                        Locale.ROOT,
                        "%s  from measured to durable p50 %.1f ms  p99 %.1f ms  p99.9 %.1f ms  max %.1f ms",
                        level,
                        millis(recorder, BusCounter.DURABLE_P50_NS),
                        millis(recorder, BusCounter.DURABLE_P99_NS),
                        millis(recorder, BusCounter.DURABLE_P999_NS),
                        millis(recorder, BusCounter.DURABLE_MAX_NS));
    }

    private static String held(final LiveNode recorder) {
        final String names = StreamCatalog.all().stream()
                .filter(stream -> isHeld(recorder, stream))
                .map(StreamDescriptor::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : "  NOT RECORDED, disk full: " + names;
    }

    private static boolean isHeld(final LiveNode recorder, final StreamDescriptor stream) {
        return recorder.count(BusCounter.RECORDING_HELD, stream) != 0;
    }

    private static double millis(final LiveNode recorder, final BusCounter counterNs) {
        return recorder.count(counterNs) / NS_PER_MS;
    }

    private static void writeDurability(final JsonGenerator json, final LiveNode recorder) throws IOException {
        json.writeObjectFieldStart("durability");
        json.writeStringField("level", DurabilityLevel.textOf(recorder.count(BusCounter.DURABILITY_LEVEL)));
        json.writeObjectFieldStart("measuredToDurableMs");
        final boolean isKnown = recorder.count(BusCounter.DURABLE_MAX_NS) != 0;
        final Map<String, BusCounter> figures = new LinkedHashMap<>();
        figures.put("p50", BusCounter.DURABLE_P50_NS);
        figures.put("p99", BusCounter.DURABLE_P99_NS);
        figures.put("p999", BusCounter.DURABLE_P999_NS);
        figures.put("max", BusCounter.DURABLE_MAX_NS);
        for (final Map.Entry<String, BusCounter> figure : figures.entrySet()) {
            if (isKnown) {
                json.writeNumberField(figure.getKey(), millis(recorder, figure.getValue()));
            } else {
                json.writeNullField(figure.getKey());
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(final JsonGenerator json, final LiveNode recorder) throws IOException {
        json.writeStartObject();
        json.writeStringField("session", recorder.session().sessionName());
        json.writeNumberField("pid", recorder.count(BusCounter.PID));
        json.writeNumberField("heartbeatAgeMs", recorder.heartbeatAgeMs());
        json.writeNumberField("recordingsRestarted", recorder.count(BusCounter.RECORDINGS_RESTARTED));
        writeKnown(json, "indexLagBytes", recorder.count(BusCounter.INDEX_LAG_BYTES));
        writeKnown(json, "indexLagMs", recorder.count(BusCounter.INDEX_LAG_MS));
        json.writeNumberField("diskFreeBytes", recorder.count(BusCounter.DISK_FREE_BYTES));
        json.writeNumberField("errors", recorder.count(BusCounter.ERRORS));
        writeDurability(json, recorder);
        json.writeArrayFieldStart("streams");
        for (final StreamDescriptor stream : StreamCatalog.all()) {
            final StreamLedger ledger = recorder.ledger(stream);
            json.writeStartObject();
            json.writeStringField("name", stream.name());
            json.writeNumberField("recorded", recorder.count(BusCounter.RECORDED, stream));
            json.writeNumberField("refused", ledger.refused());
            json.writeNumberField("gaps", recorder.count(BusCounter.GAPS, stream));
            json.writeNumberField("leftBehind", recorder.count(BusCounter.LEFT_BEHIND, stream));
            JsonOutput.writeStrings(json, "disagreements", ledger.disagreements());
            json.writeNumberField("recorderLagBytes", recorder.count(BusCounter.RECORDER_LAG_BYTES, stream));
            json.writeNumberField("durableLagBytes", recorder.count(BusCounter.DURABLE_LAG_BYTES, stream));
            json.writeBooleanField("held", isHeld(recorder, stream));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
