package io.tendon.deploy.panel;

import io.tendon.console.AnsiText;
import io.tendon.console.Style;
import java.util.ArrayList;
import java.util.List;

/** A table of text in columns. Where it would be too wide, columns are left out, the least important first. One owner thread. */
final class Table {
    private static final String GAP = " ";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A column.
     *
     * @param title above it.
     * @param minWidth so that it does not jump when its numbers grow.
     * @param isRight whether its cells stand at the right, as numbers do.
     * @param rank 0 for one that is always shown; of the others the highest is left out first.
     */
    record Column(String title, int minWidth, boolean isRight, int rank) {
        static Column text(final String title, final int minWidth, final int rank) {
            return new Column(title, minWidth, false, rank);
        }

        static Column number(final String title, final int minWidth, final int rank) {
            return new Column(title, minWidth, true, rank);
        }
    }

    /**
     * Without rows.
     *
     * @param columns from left to right.
     */
    Table(final List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * Adds a row.
     *
     * @param cells as many as columns, with or without styles.
     * @return this.
     */
    Table row(final String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells, must be " + columns.size());
        }
        rows.add(List.of(cells));
        return this;
    }

    /**
     * The table as lines.
     *
     * @param maxWidth that it should not exceed; what is always shown may.
     * @param style of the titles.
     * @return titles, then rows.
     */
    List<String> lines(final int maxWidth, final Style style) {
        final List<Integer> shown = shown(maxWidth);
        final List<String> lines = new ArrayList<>();
        final StringBuilder titles = new StringBuilder();
        shown.forEach(column -> append(titles, column, columns.get(column).title()));
        lines.add(style.dim(titles.toString().stripTrailing()));
        for (final List<String> row : rows) {
            final StringBuilder line = new StringBuilder();
            shown.forEach(column -> append(line, column, row.get(column)));
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private List<Integer> shown(final int maxWidth) {
        final List<Integer> shown = new ArrayList<>();
        int width = -GAP.length();
        for (int i = 0; i < columns.size(); i++) {
            shown.add(i);
            width += GAP.length() + width(i);
        }
        while (width > maxWidth) {
            int last = -1;
            for (final int column : shown) {
                if (columns.get(column).rank() > 0
                        && (last < 0
                                || columns.get(column).rank()
                                        >= columns.get(last).rank())) {
                    last = column;
                }
            }
            if (last < 0) {
                break;
            }
            width -= GAP.length() + width(last);
            shown.remove(Integer.valueOf(last));
        }
        return shown;
    }

    private void append(final StringBuilder line, final int column, final String cell) {
        final String room = " ".repeat(Math.max(0, width(column) - AnsiText.columns(cell)));
        line.append(line.length() == 0 ? "" : GAP);
        line.append(columns.get(column).isRight() ? room + cell : cell + room);
    }

    private int width(final int column) {
        int width = Math.max(
                columns.get(column).minWidth(), columns.get(column).title().length());
        for (final List<String> row : rows) {
            width = Math.max(width, AnsiText.columns(row.get(column)));
        }
        return width;
    }
}
