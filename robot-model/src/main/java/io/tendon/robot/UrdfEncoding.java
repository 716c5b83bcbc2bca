package io.tendon.robot;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the bytes that are not UTF-8 in a file that should be, with their line, which the XML parser does not know. A
 * comment in another encoding is the usual reason. Stateless.
 */
final class UrdfEncoding {
    private static final Pattern DECLARED =
            Pattern.compile("^[^<]{0,4}<\\?xml[^>]*encoding\\s*=\\s*[\"']([^\"']*)[\"']");
    private static final int DECLARATION_LENGTH = 256;
    private static final int CHUNK = 8192;

    private UrdfEncoding() {}

    static void check(final String file, final byte[] bytes) {
        if (!isMeantAsUtf8(bytes)) {
            return;
        }
        final ByteBuffer in = ByteBuffer.wrap(bytes);
        final CharBuffer out = CharBuffer.allocate(CHUNK);
        final var decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        if (result.isError()) {
            final int bad = in.position();
            throw new UrdfException(
                    file,
                    lineOf(bytes, bad),
                    String.format(
                            Locale.ROOT,
                            "byte 0x%02X is not UTF-8: text must be UTF-8, or the XML declaration must name its encoding;"
                                    + " save the file as UTF-8",
                            bytes[bad] & 0xFF));
        }
    }

    /** No other encoding is declared, and no byte order mark of UTF-16 is there. */
    private static boolean isMeantAsUtf8(final byte[] bytes) {
        if (bytes.length < 2 || bytes[0] == 0 || bytes[1] == 0) {
            return false;
        }
        final int mark = ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
        if (mark == 0xFEFF || mark == 0xFFFE) {
            return false;
        }
        final String start =
                new String(bytes, 0, Math.min(bytes.length, DECLARATION_LENGTH), StandardCharsets.ISO_8859_1);
        final Matcher declared = DECLARED.matcher(start);
        return !declared.find() || !isOtherCharset(declared.group(1));
    }

    private static boolean isOtherCharset(final String name) {
        try {
            return !Charset.forName(name).equals(StandardCharsets.UTF_8);
        } catch (final IllegalArgumentException e) {
            return false;
        }
    }

    private static int lineOf(final byte[] bytes, final int index) {
        int line = 1;
        for (int i = 0; i < index; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        return line;
    }
}
