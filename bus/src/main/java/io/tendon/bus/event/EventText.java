package io.tendon.bus.event;

import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.MessageLengths;

/**
 * The text of an event as UTF-8 (RFC 3629), at most {@link MessageLengths#MAX_EVENT_TEXT_BYTES} bytes of it and never half
 * a code point. Written into a buffer of its own, so that nothing is allocated. One owner thread.
 */
@RealTime
final class EventText {
    private static final int REPLACEMENT = '?';

    private final byte[] bytes = new byte[MessageLengths.MAX_EVENT_TEXT_BYTES];
    private int lengthBytes;

    /** Becomes the text, cut where it gets too long; half a surrogate pair becomes a question mark. */
    EventText set(final String text) {
        lengthBytes = 0;
        int i = 0;
        boolean isRoom = true;
        while (isRoom && i < text.length()) {
            final int codePoint = text.codePointAt(i);
            isRoom = append(isSurrogate(codePoint) ? REPLACEMENT : codePoint);
            i += Character.charCount(codePoint);
        }
        return this;
    }

    /** The live bytes, of which the first {@link #lengthBytes} count. */
    byte[] bytes() {
        return bytes;
    }

    /** Length in bytes. */
    int lengthBytes() {
        return lengthBytes;
    }

    /**
     * How much of a text goes into an event.
     *
     * @param utf8 text.
     * @param lengthBytes of it.
     * @return at most that, in bytes.
     */
    static int cut(final byte[] utf8, final int lengthBytes) {
        int cut = Math.min(lengthBytes, MessageLengths.MAX_EVENT_TEXT_BYTES);
        while (cut > 0 && cut < lengthBytes && (utf8[cut] & 0xC0) == 0x80) {
            cut--;
        }
        return cut;
    }

    private boolean append(final int codePoint) {
        final int count = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        if (lengthBytes + count > bytes.length) {
            return false;
        }
        if (count == 1) {
            bytes[lengthBytes++] = (byte) codePoint;
            return true;
        }
        // The first byte begins with as many ones as there are bytes, each other one with 10.
        bytes[lengthBytes++] = (byte) ((0xF00 >> count) | (codePoint >> (6 * (count - 1))));
        for (int rest = count - 2; rest >= 0; rest--) {
            bytes[lengthBytes++] = (byte) (0x80 | ((codePoint >> (6 * rest)) & 0x3F));
        }
        return true;
    }

    private static boolean isSurrogate(final int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
