package io.tendon.store.history;

import io.tendon.sessionlog.recording.TimeRange;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says at the beginning of a question, in a comment, which times of which table it is about, so that the parts of the history
 * that hold others need not be looked at. The question is right without it. Immutable; any thread.
 *
 * @param table of a type of message; its figures are meant, too.
 * @param range of capture times.
 */
record RangeHint(String table, TimeRange range) {
    private static final Pattern TEXT = Pattern.compile("^/\\*\\+ (\\w+) CAPTURED (-?\\d+) (-?\\d+) \\*/");

    /** Reads it; none when a question does not begin with one. */
    static Optional<RangeHint> of(final String question) {
        final Matcher text = TEXT.matcher(question);
        if (!text.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RangeHint(
                    text.group(1), new TimeRange(Long.parseLong(text.group(2)), Long.parseLong(text.group(3)))));
        } catch (final NumberFormatException e) {
            // Somebody's own.
            return Optional.empty();
        }
    }

    /** A question with it. */
    String before(final String question) {
        return "/*+ " + table + " CAPTURED " + range.fromNs() + ' ' + range.toNs() + " */ " + question;
    }
}
