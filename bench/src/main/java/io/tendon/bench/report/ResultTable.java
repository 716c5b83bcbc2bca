package io.tendon.bench.report;

import io.tendon.bench.recording.RecordingFigures;
import java.util.List;
import java.util.Locale;

/** The results as one table of text. */
public final class ResultTable {
    private ResultTable() {}

    /** Every line of it. */
    public static String render(final Results results) {
        final StringBuilder text = new StringBuilder();
        operations(text, "one operation in one thread, average", results.operations());
        operations(text, "", results.otherOperations());
        conversations(text, results.conversations());
        recordings(text, results.recordings());
        Bars.append(text, results.bars());
        results.leftOut().forEach(line -> Bars.append(text, "left out", line));
        return text.toString();
    }

    private static void operations(final StringBuilder text, final String title, final List<Operation> operations) {
        if (operations.isEmpty()) {
            return;
        }
        if (!title.isEmpty()) {
            line(text, "%-40s %10s %10s %10s", title, "ours", "floor", "ratio");
        }
        for (final Operation operation : operations) {
            line(
                    text,
                    "  %-38s %7.1f ns %7.1f ns %10.2f",
                    operation.name() + ", floor: " + operation.floorName(),
                    operation.oursNs(),
                    operation.floorNs(),
                    operation.ratio());
        }
    }

    private static void conversations(final StringBuilder text, final List<Conversation> conversations) {
        if (conversations.isEmpty()) {
            return;
        }
        line(
                text,
                "%-24s %11s %11s %11s %11s %14s",
                "between two processes",
                "p50",
                "p99",
                "p99.9",
                "max",
                "messages/s");
        for (final Conversation conversation : conversations) {
            final double p999Ns =
                    conversation.median(figures -> figures.roundTrip().p999Ns());
            line(
                    text,
                    "  %-22s %11s %11s %11s %11s %,14.0f",
                    conversation.label(),
                    Results.micros(conversation.p50Ns()),
                    Results.micros(
                            conversation.median(figures -> figures.roundTrip().p99Ns())),
                    p999Ns == 0 ? "-" : Results.micros(p999Ns),
                    Results.micros(conversation.maxNs()),
                    conversation.median(figures -> figures.messagesPerSecond()));
        }
    }

    private static void recordings(final StringBuilder text, final Recordings recordings) {
        if (recordings.isEmpty()) {
            return;
        }
        line(text, "%-40s %16s %16s", "recording", "written", "on the device");
        recording(text, "Tendon", recordings.ours());
        recording(text, "bare Aeron Archive", recordings.archive());
        recording(text, "sequential write, fdatasync", recordings.disk());
    }

    private static void recording(final StringBuilder text, final String name, final List<RecordingFigures> rounds) {
        line(
                text,
                "  %-38s %10.0f MiB/s %10.0f MiB/s",
                name,
                Recordings.median(rounds, RecordingFigures::recordedMibPerSecond),
                Recordings.median(rounds, RecordingFigures::durableMibPerSecond));
    }

    private static void line(final StringBuilder text, final String format, final Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
