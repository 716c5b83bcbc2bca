package io.tendon.console;

import java.util.ArrayList;
import java.util.List;

/** A terminal's screen: understands just what {@link ScreenRegion} writes, and fails on anything else. */
final class FakeScreen {
    private final int columns;
    private final int rows;
    private final List<StringBuilder> lines = new ArrayList<>();
    private int row;
    private int column;
    private boolean isCursorShown = true;

    FakeScreen(final int columns, final int rows) {
        this.columns = columns;
        this.rows = rows;
        for (int i = 0; i < rows; i++) {
            lines.add(new StringBuilder(" ".repeat(columns)));
        }
    }

    void write(final String text) {
        for (int i = 0; i < text.length(); i++) {
            final char next = text.charAt(i);
            if (next == '\r') {
                column = 0;
            } else if (next == '\n') {
                lineFeed();
            } else if (next == '\u001b') {
                int end = i + 2;
                while (text.charAt(end) < '@') {
                    end++;
                }
                escape(text.substring(i + 2, end + 1));
                i = end;
            } else {
                if (column == columns) {
                    column = 0;
                    lineFeed();
                }
                lines.get(row).setCharAt(column++, next);
            }
        }
    }

    /** What is seen, without the blanks at the ends of lines and the empty lines at the end. */
    String text() {
        final List<String> seen =
                lines.stream().map(line -> line.toString().stripTrailing()).toList();
        return String.join("\n", seen).stripTrailing();
    }

    int row() {
        return row;
    }

    boolean isCursorShown() {
        return isCursorShown;
    }

    private void lineFeed() {
        if (row == rows - 1) {
            lines.remove(0);
            lines.add(new StringBuilder(" ".repeat(columns)));
        } else {
            row++;
        }
    }

    private void escape(final String sequence) {
        switch (sequence) {
            case "K" -> erase(row, column);
            case "J" -> {
                erase(row, column);
                for (int i = row + 1; i < rows; i++) {
                    erase(i, 0);
                }
            }
            case "2J" -> {
                for (int i = 0; i < rows; i++) {
                    erase(i, 0);
                }
            }
            case "H" -> {
                row = 0;
                column = 0;
            }
            case "?25l" -> isCursorShown = false;
            case "?25h" -> isCursorShown = true;
            case "A" -> row = Math.max(0, row - 1);
            default -> {
                if (sequence.matches("\\d+A")) {
                    row = Math.max(0, row - Integer.parseInt(sequence.substring(0, sequence.length() - 1)));
                } else if (!sequence.matches("[\\d;]*m")) {
                    throw new IllegalArgumentException("unknown sequence ESC[" + sequence);
                }
            }
        }
    }

    private void erase(final int erasedRow, final int fromColumn) {
        for (int i = fromColumn; i < columns; i++) {
            lines.get(erasedRow).setCharAt(i, ' ');
        }
    }
}
