package io.tendon.console;

/**
 * Emphasis for text on a terminal; leaves the text as it is where colour is not wanted. Styles do not nest. Immutable;
 * any thread.
 *
 * @param hasColour whether to colour, see {@link Console#hasColour()}.
 */
public record Style(boolean hasColour) {
    /** Leaves text as it is. */
    public static final Style PLAIN = new Style(false);

    /** Bold: headings and what matters most. */
    public String bold(final String text) {
        return styled("1", text);
    }

    /** Dim: labels and what may be overlooked. */
    public String dim(final String text) {
        return styled("2", text);
    }

    /** Bold red: something is wrong. */
    public String red(final String text) {
        return styled("1;31", text);
    }

    /** Yellow: something is to be watched. */
    public String yellow(final String text) {
        return styled("33", text);
    }

    /** Green: as it should be. */
    public String green(final String text) {
        return styled("32", text);
    }

    private String styled(final String codes, final String text) {
        return hasColour && !text.isEmpty() ? "\u001b[" + codes + 'm' + text + "\u001b[0m" : text;
    }
}
