package io.tendon.control.safety;

import io.tendon.bus.RealTime;
import java.nio.charset.StandardCharsets;

/**
 * One line of ASCII for a person, written without allocating: text that does not fit is cut off. Owner: the control
 * loop's thread.
 */
@RealTime
public final class ReasonText {
    /** Longest line, in bytes. */
    public static final int MAX_LENGTH = 240;

    private static final double MICROS = 1e6;

    private final byte[] bytes = new byte[MAX_LENGTH];
    private int lengthBytes;

    /** Starts empty. */
    public ReasonText() {}

    /** Empties the line. */
    public ReasonText clear() {
        lengthBytes = 0;
        return this;
    }

    /** Appends text; anything that is not printable ASCII becomes a question mark. */
    public ReasonText append(final String text) {
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            put(c >= ' ' && c <= '~' ? (byte) c : (byte) '?');
        }
        return this;
    }

    /** Appends a whole number. */
    public ReasonText append(final long number) {
        if (number < 0) {
            put((byte) '-');
        }
        long divisor = 1;
        while (number / divisor / 10 != 0) {
            divisor *= 10;
        }
        for (; divisor != 0; divisor /= 10) {
            put((byte) ('0' + Math.abs(number / divisor % 10)));
        }
        return this;
    }

    /** Appends a number with four decimals; what does not fit 1e12 is written as its sign and "huge". */
    public ReasonText append(final double number) {
        if (Double.isNaN(number)) {
            return append("NaN");
        }
        if (number < 0) {
            put((byte) '-');
        }
        final double magnitude = Math.abs(number);
        if (magnitude >= 1e12) {
            return append("huge");
        }
        final long tenThousandths = Math.round(magnitude * 1e4);
        append(tenThousandths / 10_000);
        put((byte) '.');
        for (long divisor = 1_000; divisor != 0; divisor /= 10) {
            put((byte) ('0' + tenThousandths / divisor % 10));
        }
        return this;
    }

    /** Appends a duration in ms, with two decimals. */
    public ReasonText appendMillis(final long durationNs) {
        final long hundredths = Math.round(durationNs / MICROS * 100);
        append(hundredths / 100);
        put((byte) '.');
        put((byte) ('0' + Math.abs(hundredths / 10 % 10)));
        put((byte) ('0' + Math.abs(hundredths % 10)));
        return append("ms");
    }

    /** Becomes a copy of another line. */
    public ReasonText set(final ReasonText other) {
        System.arraycopy(other.bytes, 0, bytes, 0, other.lengthBytes);
        lengthBytes = other.lengthBytes;
        return this;
    }

    /** The live bytes, of which the first {@link #lengthBytes} count. */
    public byte[] bytes() {
        return bytes;
    }

    /** Length of the line in bytes, 0 to {@link #MAX_LENGTH}. */
    public int lengthBytes() {
        return lengthBytes;
    }

    /** The line as a string; allocates, so not for the cycle. */
    @Override
    public String toString() {
        return new String(bytes, 0, lengthBytes, StandardCharsets.US_ASCII);
    }

    private void put(final byte character) {
        if (lengthBytes < MAX_LENGTH) {
            bytes[lengthBytes++] = character;
        }
    }
}
