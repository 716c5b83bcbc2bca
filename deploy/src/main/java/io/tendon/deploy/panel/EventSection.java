package io.tendon.deploy.panel;

import io.tendon.console.Style;
import io.tendon.deploy.figures.RecordedEvent;
import io.tendon.schemas.Severity;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The latest events, oldest first. Pure. */
final class EventSection {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private EventSection() {}

    /**
     * Title and events.
     *
     * @param events oldest first.
     * @param isRoutineShown whether those are shown that happen all the time.
     * @param isCurrent whether the recorder is up, so that later ones would be here.
     * @param rows that there is room for, the title's among them.
     * @param zone of the times.
     * @param style of the lines.
     * @return at most so many lines; none for less than two.
     */
    static List<String> lines(
            final List<RecordedEvent> events,
            final boolean isRoutineShown,
            final boolean isCurrent,
            final int rows,
            final ZoneId zone,
            final Style style) {
        if (rows < 2) {
            return List.of();
        }
        final List<RecordedEvent> shown = events.stream()
                .filter(event -> isRoutineShown || !event.isRoutine())
                .toList();
        final List<String> lines = new ArrayList<>();
        final String title = isRoutineShown ? "EVENTS, all" : "EVENTS";
        lines.add(isCurrent ? style.dim(title) : style.yellow(title + ", none after the recorder fell silent"));
        for (final RecordedEvent event : shown.subList(Math.max(0, shown.size() - rows + 1), shown.size())) {
            lines.add(line(event, zone, style));
        }
        return lines;
    }

    private static String line(final RecordedEvent event, final ZoneId zone, final Style style) {
        final Instant time = Instant.ofEpochSecond(0, event.timeNs());
        final String line = TIME.withZone(zone).format(time)
                + String.format(Locale.ROOT, " %-11s %s", event.node().name().toLowerCase(Locale.ROOT), event.name())
                + (event.text().isEmpty() ? "" : "  " + event.text());
        if (event.severity() == Severity.ERROR) {
            return style.red(line);
        }
        return event.severity() == Severity.WARNING ? style.yellow(line) : line;
    }
}
