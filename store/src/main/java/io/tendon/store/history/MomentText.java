package io.tendon.store.history;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/**
 * A moment of UTC as text, {@code 2026-01-31T12:00:00.000000001Z}. Written digit by digit: an answer of a minute has 60,000 of
 * them, which took {@link DateTimeFormatter} longer than the engine the answer.
 */
final class MomentText {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'");
    private static final String PATTERN = "0000-00-00T00:00:00.000000000Z";
    private static final int LAST_YEAR = 9999;

    private MomentText() {}

    static String of(final LocalDateTime time) {
        final int year = time.getYear();
        if (year < 0 || year > LAST_YEAR) {
            return FORM.format(time);
        }
        final char[] text = PATTERN.toCharArray();
        digits(text, 4, year);
        digits(text, 7, time.getMonthValue());
        digits(text, 10, time.getDayOfMonth());
        digits(text, 13, time.getHour());
        digits(text, 16, time.getMinute());
        digits(text, 19, time.getSecond());
        digits(text, 29, time.getNano());
        return new String(text);
    }

    /** The last digit goes before {@code end}; what stands further left is '0' already. */
    private static void digits(final char[] text, final int end, final int number) {
        int rest = number;
        for (int i = end - 1; rest > 0; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
