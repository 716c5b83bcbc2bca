package io.tendon.console;

import org.jline.utils.WCWidth;

/**
 * Measures and cuts text as a terminal shows it: escape sequences take no room, a wide character takes two columns.
 * Pure; any thread.
 */
public final class AnsiText {
    private static final char ESCAPE = '\u001b';
    private static final String RESET = ESCAPE + "[0m";

    private AnsiText() {}

    /** Columns that a text takes. */
    public static int columns(final String text) {
        int columns = 0;
        for (int i = 0; i < text.length(); ) {
            final int escapeEnd = escapeEnd(text, i);
            if (escapeEnd > i) {
                i = escapeEnd;
            } else {
                final int codePoint = text.codePointAt(i);
                columns += columns(codePoint);
                i += Character.charCount(codePoint);
            }
        }
        return columns;
    }

    /**
     * Cuts a text to a width. Control characters, a line feed among them, become spaces.
     *
     * @param text with or without escape sequences.
     * @param maxColumns that it may take, at least 0.
     * @return its beginning, styles ended where it was cut.
     */
    public static String cut(final String text, final int maxColumns) {
        final StringBuilder kept = new StringBuilder(text.length());
        int columns = 0;
        boolean isStyled = false;
        for (int i = 0; i < text.length(); ) {
            final int escapeEnd = escapeEnd(text, i);
            if (escapeEnd > i) {
                kept.append(text, i, escapeEnd);
                isStyled = true;
                i = escapeEnd;
                continue;
            }
            final int codePoint = text.codePointAt(i);
            columns += columns(codePoint);
            if (columns > maxColumns) {
                return isStyled ? kept.append(RESET).toString() : kept.toString();
            }
            kept.appendCodePoint(Character.isISOControl(codePoint) ? ' ' : codePoint);
            i += Character.charCount(codePoint);
        }
        return kept.toString();
    }

    /**
     * Brings a text to a width: cut, or filled up with spaces.
     *
     * @param text with or without escape sequences.
     * @param width in columns, at least 0.
     * @return text of exactly that width, but for a wide character that was cut in two.
     */
    public static String fit(final String text, final int width) {
        final String kept = cut(text, width);
        return kept + " ".repeat(Math.max(0, width - columns(kept)));
    }

    private static int columns(final int codePoint) {
        return Character.isISOControl(codePoint) ? 1 : Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /** Behind the escape sequence {@code ESC [ ... letter} that begins there; the index itself when none does. */
    private static int escapeEnd(final String text, final int index) {
        if (text.charAt(index) != ESCAPE || index + 1 >= text.length() || text.charAt(index + 1) != '[') {
            return index;
        }
        int end = index + 2;
        while (end < text.length() && text.charAt(end) < '@') {
            end++;
        }
        return Math.min(text.length(), end + 1);
    }
}
