package io.tendon.fusion.inference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What files are known by: 64 lower-case hexadecimal digits. Any thread. */
public final class Sha256 {
    private Sha256() {}

    /** That of a file. */
    public static String of(final Path file) throws IOException {
        return of(ByteBuffer.wrap(Files.readAllBytes(file)));
    }

    /** That of what remains in a buffer, which is at its end behind that. */
    public static String of(final ByteBuffer bytes) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return HexFormat.of().formatHex(digest.digest());
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
