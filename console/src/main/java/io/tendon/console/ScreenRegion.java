package io.tendon.console;

import java.util.List;

/**
 * The rows at the cursor in which text is redrawn. Each drawing is one string that goes back to the first row, writes
 * each line over the old one and erases only what is left of it, so that nothing flickers. The cursor stays at the end
 * of the last row. Makes text only; one owner thread.
 */
final class ScreenRegion {
    private static final String ERASE_TO_LINE_END = "\u001b[K";
    private static final String ERASE_TO_SCREEN_END = "\u001b[J";
    private static final String ERASE_SCREEN = "\u001b[H\u001b[2J";
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[0m\u001b[?25h";

    private int drawnRows;
    private int drawnColumns;
    private int screenRows;

    /** Nothing is drawn yet. */
    ScreenRegion() {}

    /**
     * Draws lines over those drawn before.
     *
     * @param lines from the top; those that do not fit the screen are left out.
     * @param columns of the screen, at least 1.
     * @param rows of the screen, at least 1.
     * @return what to write to the terminal.
     */
    String draw(final List<String> lines, final int columns, final int rows) {
        final StringBuilder drawing = new StringBuilder(lines.size() * (columns + 8));
        final boolean isResized = drawnRows > 0 && (columns != drawnColumns || rows != screenRows);
        if (drawnRows == 0) {
            drawing.append(HIDE_CURSOR);
        }
        if (isResized) {
            // The terminal has wrapped the old lines as it saw fit: nobody knows where they are.
            drawing.append(ERASE_SCREEN);
        } else {
            drawing.append('\r');
            if (drawnRows > 1) {
                drawing.append("\u001b[").append(drawnRows - 1).append('A');
            }
        }
        final int count = Math.min(lines.size(), rows);
        for (int i = 0; i < count; i++) {
            final String line = AnsiText.cut(lines.get(i), columns);
            drawing.append(i == 0 ? "" : "\r\n").append(line);
            if (AnsiText.columns(line) < columns) {
                drawing.append(ERASE_TO_LINE_END);
            }
        }
        if (count < drawnRows && !isResized) {
            drawing.append(count == 0 ? ERASE_TO_SCREEN_END : "\r\n" + ERASE_TO_SCREEN_END + "\u001b[A");
        }
        drawnRows = Math.max(1, count);
        drawnColumns = columns;
        screenRows = rows;
        return drawing.toString();
    }

    /** Leaves what is drawn, puts the cursor under it and shows it again; what to write to the terminal. */
    String leave() {
        if (drawnRows == 0) {
            return "";
        }
        drawnRows = 0;
        return "\r\n" + SHOW_CURSOR;
    }
}
