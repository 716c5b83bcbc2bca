package io.tendon.sessionlog.recording;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** CRC32C of bytes, as the files of a session have it; of lines of text behind the line. Stateless; any thread. */
public final class Crc32cText {
    private Crc32cText() {}

    /**
     * Of a range of bytes.
     *
     * @param bytes that hold it.
     * @param offset at which it begins.
     * @param lengthBytes of it.
     * @return the checksum, 32 bits.
     */
    public static int of(final byte[] bytes, final int offset, final int lengthBytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, offset, lengthBytes);
        return (int) crc.getValue();
    }

    /** A line with its checksum as its last word, in hexadecimal; a character a byte. */
    static String seal(final String line) {
        return line + ' ' + hex(line);
    }

    /** Whether a line's last word is the checksum of what stands before. */
    static boolean isSealed(final String line) {
        final int end = line.lastIndexOf(' ');
        return end > 0 && hex(line.substring(0, end)).equals(line.substring(end + 1));
    }

    /** What a checksum was put behind. */
    static String unseal(final String line) {
        return line.substring(0, line.lastIndexOf(' '));
    }

    private static String hex(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return Integer.toHexString(of(bytes, 0, bytes.length));
    }
}
