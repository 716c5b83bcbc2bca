package io.tendon.persistence.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bus.config.NodeCommand;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.json.JsonOutput;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.SessionManifest.StreamTotal;
import io.tendon.sessionlog.manifest.SessionOrigin;
import io.tendon.sessionlog.manifest.UnrecordedTail;
import io.tendon.sessionlog.option.SessionOption;
import io.tendon.sessionlog.verify.TimeSpan;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says all there is to say of one session but its messages, from its files, and of one that was
 * cut off from the counters that its writers have left in memory. Main thread. */
@Command(
        name = "info",
        description = "Shows one session: robot, configuration, streams, recordings, losses.",
        mixinStandardHelpOptions = true)
public final class InfoCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private SessionOption sessionOption = new SessionOption();

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean isJson;

    /** Called by Picocli. */
    public InfoCommand() {}

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final Session session = sessionOption.find();
        if (isJson) {
            JsonOutput.write(out, json -> write(json, session, CutOffText.of(sessionOption.robotName(), session)));
        } else {
            print(out, session, CutOffText.of(sessionOption.robotName(), session));
        }
        return session.faults().isEmpty() ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
    }

    private static void print(final PrintWriter out, final Session session, final CutOffText cutOff) {
        final SessionManifest manifest = session.manifest();
        final SessionOrigin origin = manifest.origin();
        out.printf(Locale.ROOT, "session    %s  %s%n", manifest.sessionId(), manifest.presentState());
        out.printf(
                Locale.ROOT,
                "time       %s  %.1f s%n",
                TimeSpan.instant(manifest.startedNs()),
                Formats.seconds(manifest.durationNs()));
        out.printf(
                Locale.ROOT,
                "robot      %s%n",
                origin.isRobotKnown()
                        ? origin.robotName() + " (" + origin.hardware() + "): " + String.join(" ", origin.jointNames())
                        : "not known: control said nothing of it");
        out.printf(
                Locale.ROOT,
                "recorded   by Tendon %s, Java %s, on %s, %s%n",
                known(origin.build()),
                known(origin.javaVersion()),
                known(origin.host()),
                known(origin.kernel()));
        out.printf(Locale.ROOT, "flushed    %s%n", known(cutOff.cutOff().durability()));
        out.printf(Locale.ROOT, "files      %s%n", session.directory().root());
        out.printf(Locale.ROOT, "config     %s%n", String.join(" ", manifest.configFiles()));
        out.printf(Locale.ROOT, "%n%-22s %12s %10s %10s %10s%n", "stream", "messages", "size", "missing", "recordings");
        for (final StreamTotal stream : manifest.streams()) {
            out.printf(
                    Locale.ROOT,
                    "%-22s %12d %10s %10d %10d%n",
                    stream.name(),
                    stream.messages(),
                    Formats.bytes(stream.bytes()),
                    stream.missing(),
                    stream.recordings());
        }
        for (final UnrecordedTail tail : manifest.unrecorded()) {
            out.printf(
                    Locale.ROOT,
                    "%s: the last %s were published and not recorded%n",
                    tail.streamName(),
                    tail.messages() > 0 ? Formats.amount(tail.messages(), "message") : Formats.bytes(tail.bytes()));
        }
        cutOff.lines().forEach(out::println);
        printRecordings(out, manifest);
    }

    private static void printRecordings(final PrintWriter out, final SessionManifest manifest) {
        out.printf(
                Locale.ROOT,
                "%n%-10s %-22s %12s %14s %14s %10s%n",
                "recording",
                "stream",
                "writer",
                "from",
                "to",
                "messages");
        for (final RecordingEntry entry : manifest.recordings()) {
            out.printf(
                    Locale.ROOT,
                    "%-10d %-22s %12d %14d %14s %10d%n",
                    entry.recordingId(),
                    entry.streamName(),
                    entry.sessionId(),
                    entry.startPosition(),
                    entry.stopPosition() + (entry.isStopped() ? "" : "+"),
                    entry.messages());
        }
    }

    private static void write(final JsonGenerator json, final Session session, final CutOffText cutOff)
            throws IOException {
        final SessionManifest manifest = session.manifest();
        final SessionOrigin origin = manifest.origin();
        json.writeStartObject();
        json.writeStringField("id", manifest.sessionId());
        json.writeStringField("startedAt", TimeSpan.instant(manifest.startedNs()));
        json.writeNumberField("durationS", Formats.seconds(manifest.durationNs()));
        json.writeStringField("state", manifest.presentState().name());
        json.writeStringField("directory", session.directory().root().toString());
        json.writeBooleanField("rebuilt", manifest.isRebuilt());
        cutOff.write(json);
        json.writeObjectFieldStart("robot");
        json.writeStringField("name", orNull(origin.robotName()));
        json.writeStringField("hardware", orNull(origin.hardware()));
        JsonOutput.writeStrings(json, "joints", origin.jointNames());
        json.writeEndObject();
        json.writeStringField("build", orNull(origin.build()));
        json.writeStringField("java", orNull(origin.javaVersion()));
        json.writeStringField("host", orNull(origin.host()));
        json.writeStringField("kernel", orNull(origin.kernel()));
        JsonOutput.writeStrings(json, "config", manifest.configFiles());
        writeStreams(json, manifest.streams());
        writeUnrecorded(json, manifest.unrecorded());
        writeRecordings(json, manifest.recordings());
        json.writeArrayFieldStart("damages");
        for (final var damage : session.damages()) {
            json.writeStartObject();
            json.writeNumberField("recording", damage.recording().recordingId());
            json.writeStringField("stream", damage.recording().streamName());
            json.writeNumberField("fromPosition", damage.fromPosition());
            json.writeNumberField("toPosition", damage.toPosition());
            json.writeStringField("fault", damage.fault().name());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String known(final String text) {
        return text.isEmpty() ? "unknown" : text;
    }

    private static @Nullable String orNull(final String text) {
        return text.isEmpty() ? null : text;
    }

    private static void writeStreams(final JsonGenerator json, final List<StreamTotal> streams) throws IOException {
        json.writeArrayFieldStart("streams");
        for (final StreamTotal stream : streams) {
            json.writeStartObject();
            json.writeStringField("name", stream.name());
            json.writeNumberField("streamId", stream.streamId());
            json.writeNumberField("messages", stream.messages());
            json.writeNumberField("bytes", stream.bytes());
            json.writeNumberField("missing", stream.missing());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeUnrecorded(final JsonGenerator json, final List<UnrecordedTail> tails) throws IOException {
        json.writeArrayFieldStart("unrecorded");
        for (final UnrecordedTail tail : tails) {
            json.writeStartObject();
            json.writeStringField("name", tail.streamName());
            json.writeNumberField("streamId", tail.streamId());
            json.writeNumberField("messages", tail.messages());
            json.writeNumberField("bytes", tail.bytes());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeRecordings(final JsonGenerator json, final List<RecordingEntry> entries)
            throws IOException {
        json.writeArrayFieldStart("recordings");
        for (final RecordingEntry entry : entries) {
            json.writeStartObject();
            json.writeNumberField("recording", entry.recordingId());
            json.writeStringField("stream", entry.streamName());
            json.writeNumberField("sessionId", entry.sessionId());
            json.writeNumberField("startPosition", entry.startPosition());
            json.writeNumberField("stopPosition", entry.stopPosition());
            json.writeBooleanField("stopped", entry.isStopped());
            json.writeNumberField("messages", entry.messages());
            json.writeNumberField("missing", entry.missing());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
