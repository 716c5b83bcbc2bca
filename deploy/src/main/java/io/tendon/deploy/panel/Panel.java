package io.tendon.deploy.panel;

import io.tendon.console.AnsiText;
import io.tendon.console.Style;
import io.tendon.deploy.figures.Amount;
import io.tendon.deploy.figures.NodeState;
import io.tendon.deploy.figures.RobotFigures;
import io.tendon.schemas.NodeId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws the panel: figures in, lines out. On a wide screen the streams stand beside the nodes; on a narrow one under
 * them if there is room for some events too, else they are shown on demand. Pure; any thread.
 *
 * @param style of the text.
 * @param zone of the times of events.
 */
public record Panel(Style style, ZoneId zone) {
    /** Width of nodes and loops beside the streams. */
    private static final int LEFT_WIDTH = 80;

    private static final int MIDDLE_GAP = 3;
    private static final int STREAMS_WIDTH = 97;
    private static final int WIDE_COLUMNS = LEFT_WIDTH + MIDDLE_GAP + STREAMS_WIDTH;
    /** Title and five events: less room is no use to events. */
    private static final int MIN_EVENT_ROWS = 6;

    private static final int MANY_EVENT_ROWS = 20;
    private static final int HEADER_AND_FOOTER_ROWS = 2;
    private static final int EVENTS_ONCE = 8;
    private static final String KEY_GAP = "   ";
    private static final long NS_PER_S = 1_000_000_000L;

    /**
     * Draws it to fill a screen.
     *
     * @param content to show.
     * @param view how.
     * @param columns of the screen.
     * @param rows of the screen, at least 3.
     * @return exactly so many lines, none wider than the screen.
     */
    public List<String> draw(final PanelContent content, final PanelView view, final int columns, final int rows) {
        final int bodyRows = Math.max(1, rows - HEADER_AND_FOOTER_ROWS);
        final List<String> body = view.isHelpShown()
                ? PanelHelp.lines(view.isLauncher())
                : columns >= WIDE_COLUMNS ? wide(content, view, bodyRows) : narrow(content, view, columns, bodyRows);
        final List<String> lines = new ArrayList<>();
        lines.add(header(content, view, columns));
        lines.addAll(filled(body, bodyRows));
        lines.add(footer(view, columns));
        return cut(lines, columns);
    }

    /**
     * Draws it once, as long as it gets.
     *
     * @param content to show.
     * @param columns of the screen.
     * @return lines, none wider than the screen.
     */
    public List<String> drawOnce(final PanelContent content, final int columns) {
        final List<String> lines = new ArrayList<>();
        lines.add(header(content, PanelView.initial(false), columns));
        final List<List<String>> sections = head(content, columns);
        sections.add(StreamSection.lines(content.figures(), content.rates(), columns, style));
        sections.add(EventSection.lines(content.events(), false, isRecorderUp(content), EVENTS_ONCE + 1, zone, style));
        sections.forEach(section -> {
            lines.add("");
            lines.addAll(section);
        });
        return cut(lines, columns);
    }

    /**
     * Draws what is shown while no robot runs.
     *
     * @param message what to do about it.
     * @param columns of the screen.
     * @return lines, none wider than the screen.
     */
    public List<String> drawWaiting(final String message, final int columns) {
        final List<String> lines = new ArrayList<>();
        lines.add(style.bold("Tendon"));
        for (int from = 0; from < message.length(); from += columns) {
            lines.add(message.substring(from, Math.min(message.length(), from + columns)));
        }
        lines.add(style.dim("waiting for it; q quits"));
        return cut(lines, columns);
    }

    private List<String> wide(final PanelContent content, final PanelView view, final int rows) {
        final List<String> left = spaced(head(content, LEFT_WIDTH), Integer.MAX_VALUE);
        final List<String> right = StreamSection.lines(content.figures(), content.rates(), STREAMS_WIDTH, style);
        final List<String> body = new ArrayList<>(beside(left, right));
        body.add("");
        body.addAll(events(content, view, rows - body.size()));
        return body;
    }

    private List<String> narrow(final PanelContent content, final PanelView view, final int columns, final int rows) {
        final List<List<String>> sections = head(content, columns);
        final List<String> streams = StreamSection.lines(content.figures(), content.rates(), columns, style);
        final int rowsLeft = rows - rowsOf(sections);
        final boolean areStreamsShown = switch (view.focus()) {
            case STREAMS -> true;
            case EVENTS -> false;
            case BALANCED -> rowsLeft >= streams.size() + MIN_EVENT_ROWS;
        };
        if (areStreamsShown) {
            // Before what else would push the last of them out, when they were asked for.
            sections.add(view.focus() == PanelView.Focus.STREAMS ? sections.size() - 1 : sections.size(), streams);
        }
        final int wantedRows = view.focus() == PanelView.Focus.EVENTS ? MANY_EVENT_ROWS : MIN_EVENT_ROWS;
        final int gaps = rows - rowsOf(sections) >= wantedRows + sections.size() ? sections.size() : 0;
        sections.add(events(content, view, rows - rowsOf(sections) - gaps));
        return spaced(sections, rows);
    }

    private List<List<String>> head(final PanelContent content, final int width) {
        final RobotFigures figures = content.figures();
        final List<List<String>> sections = new ArrayList<>();
        sections.add(NodeSection.nodes(figures, content.rates(), width, style));
        sections.add(NodeSection.loops(figures, content.rates(), width, style));
        sections.add(SummarySection.lines(content, zone, style));
        return sections;
    }

    private List<String> events(final PanelContent content, final PanelView view, final int rows) {
        final boolean isRoutineShown = view.focus() == PanelView.Focus.EVENTS;
        return EventSection.lines(content.events(), isRoutineShown, isRecorderUp(content), rows, zone, style);
    }

    /** Or ended in order, with everything recorded. */
    private static boolean isRecorderUp(final PanelContent content) {
        return content.figures()
                .node(NodeId.PERSISTENCE)
                .filter(recorder -> !recorder.state().isFailure())
                .isPresent();
    }

    private String header(final PanelContent content, final PanelView view, final int columns) {
        final RobotFigures figures = content.figures();
        final String name = style.bold("Tendon " + figures.robotName());
        final String left = name + "  " + figures.sessionName() + "  " + Amount.clock(figures.elapsedNs() / NS_PER_S);
        final String right = view.isFrozen() ? style.yellow("FROZEN") : figures.isLive() ? "" : ended(figures);
        if (right.isEmpty()) {
            return left;
        }
        final int room = columns - AnsiText.columns(left) - AnsiText.columns(right);
        return room < 1 ? name + "  " + right : left + " ".repeat(room) + right;
    }

    private String ended(final RobotFigures figures) {
        final boolean isOver = figures.node(NodeId.DRIVER)
                .filter(driver -> driver.state() == NodeState.ENDED)
                .isPresent();
        return isOver ? style.yellow("SESSION OVER: last figures") : style.red("DRIVER DEAD: last figures");
    }

    /** The keys, as many as the screen has room for. */
    private String footer(final PanelView view, final int columns) {
        if (!view.notice().isEmpty()) {
            return style.yellow(view.notice());
        }
        final StringBuilder keys = new StringBuilder(view.isLauncher() ? "Ctrl-C stops the robot" : "q quit");
        for (final String key :
                List.of("? help", "s streams", "e events", "space " + (view.isFrozen() ? "go on" : "freeze"))) {
            if (keys.length() + KEY_GAP.length() + key.length() <= columns) {
                keys.append(KEY_GAP).append(key);
            }
        }
        return style.dim(keys.toString());
    }

    /** Sections with an empty line between them if that fits. */
    private static List<String> spaced(final List<List<String>> sections, final int rows) {
        final List<List<String>> shown =
                sections.stream().filter(section -> !section.isEmpty()).toList();
        final boolean hasRoom = rowsOf(shown) + shown.size() - 1 <= rows;
        final List<String> lines = new ArrayList<>();
        for (final List<String> section : shown) {
            if (hasRoom && !lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(section);
        }
        return lines;
    }

    private static List<String> beside(final List<String> left, final List<String> right) {
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            lines.add(AnsiText.fit(i < left.size() ? left.get(i) : "", LEFT_WIDTH)
                    + " ".repeat(MIDDLE_GAP)
                    + (i < right.size() ? right.get(i) : ""));
        }
        return lines;
    }

    private static List<String> filled(final List<String> lines, final int rows) {
        final List<String> filled = new ArrayList<>(lines.subList(0, Math.min(rows, lines.size())));
        while (filled.size() < rows) {
            filled.add("");
        }
        return filled;
    }

    private static List<String> cut(final List<String> lines, final int columns) {
        return lines.stream().map(line -> AnsiText.cut(line, columns)).toList();
    }

    private static int rowsOf(final List<List<String>> sections) {
        return sections.stream().mapToInt(List::size).sum();
    }
}
