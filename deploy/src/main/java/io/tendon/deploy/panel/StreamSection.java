package io.tendon.deploy.panel;

import io.tendon.bus.counter.StreamLedger;
import io.tendon.console.Style;
import io.tendon.deploy.figures.Amount;
import io.tendon.deploy.figures.ReaderFigures;
import io.tendon.deploy.figures.RobotFigures;
import io.tendon.deploy.figures.RobotRates;
import io.tendon.deploy.figures.StreamFigures;
import java.util.ArrayList;
import java.util.List;

/** The streams, one a line. Pure. */
final class StreamSection {
    /** From this lag on the recorder is worth a look, ms. */
    private static final double SLOW_LAG_MS = 1_000;

    private StreamSection() {}

    static List<String> lines(final RobotFigures figures, final RobotRates rates, final int width, final Style style) {
        final Table table = new Table(List.of(
                Table.Column.text("STREAM", 20, 0),
                Table.Column.number("MSG/S", 5, 0),
                Table.Column.number("SENT", 9, 2),
                Table.Column.number("REFUSED", 7, 0),
                Table.Column.number("GAPS control", 12, 0),
                Table.Column.number("fusion", 6, 0),
                Table.Column.number("recorder", 8, 0),
                Table.Column.number("LAG", 7, 0),
                Table.Column.number("ms", 5, 1),
                Table.Column.number("TO DEVICE", 9, 3)));
        // One on which nobody has said anything is no news.
        final List<StreamFigures> streams = figures.streams().stream()
                .filter(stream -> stream.sent() > 0 || stream.refused() > 0)
                .toList();
        for (final StreamFigures stream : streams) {
            final double lagMs = rates.lagMs(stream);
            table.row(
                    stream.stream().name(),
                    Amount.whole(rates.of(stream.stream()).messagesPerS()),
                    Amount.count(stream.sent()),
                    lost(Amount.count(stream.refused()), stream.refused(), style),
                    gaps(stream, "control", style),
                    gaps(stream, "fusion", style),
                    gaps(stream, StreamFigures.RECORDER, style),
                    slow(Amount.bytes((double) stream.lagBytes()), lagMs, style),
                    slow(Amount.whole(lagMs), lagMs, style),
                    Amount.bytes((double) stream.durableLagBytes()));
        }
        final List<String> lines = new ArrayList<>(table.lines(width, style));
        lines.addAll(losses(figures, style));
        return lines;
    }

    /** Under the table: why offers were refused, who was left behind, and where the two ends do not agree. */
    private static List<String> losses(final RobotFigures figures, final Style style) {
        final List<String> lines = new ArrayList<>();
        for (final StreamFigures stream : figures.streams()) {
            final StreamLedger ledger = stream.ledger();
            final String name = stream.stream().name();
            if (ledger.refused() > 0) {
                lines.add(name + " refused: " + ledger.reasons());
            }
            for (final StreamLedger.Reader reader : ledger.readers()) {
                if (reader.leftBehind() > 0) {
                    lines.add(name + " left " + reader.name() + " behind: " + reader.leftBehind());
                }
            }
        }
        figures.disagreements().forEach(line -> lines.add(style.red("LOSSES DO NOT ADD UP  " + line)));
        return lines;
    }

    private static String gaps(final StreamFigures stream, final String reader, final Style style) {
        for (final ReaderFigures figures : stream.readers()) {
            if (figures.name().equals(reader)) {
                return lost(Amount.count(figures.gaps()), figures.gaps(), style);
            }
        }
        return Amount.UNKNOWN;
    }

    private static String lost(final String text, final long count, final Style style) {
        return count > 0 ? style.red(text) : text;
    }

    private static String slow(final String text, final double lagMs, final Style style) {
        return lagMs > SLOW_LAG_MS ? style.yellow(text) : text;
    }
}
