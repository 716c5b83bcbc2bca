package io.tendon.sessionlog.repair;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * One thing that goes wrong with a file.
 *
 * @param kind what.
 * @param file that it happens to.
 * @param offset at which; of a cut the new length.
 * @param mask of the bits that flip.
 */
public record Mutation(Kind kind, Path file, long offset, int mask) {
    private static final int PAGE_BYTES = 4096;

    /** What can go wrong. */
    public enum Kind {
        /** The file ends here. */
        CUT,
        /** Bits of one byte change. */
        FLIP,
        /** A page is zero. */
        ZERO_PAGE,
        /** The file is gone. */
        REMOVE
    }

    /** One of a session, each file as likely as another; bytes that hold something are likelier than the empty rest. */
    public static Mutation any(final Random random, final List<Path> files) throws IOException {
        final Path file = files.get(random.nextInt(files.size()));
        final long length = Math.max(1, Files.size(file));
        final int choice = random.nextInt(10);
        final Kind kind = choice < 3 ? Kind.CUT : choice < 7 ? Kind.FLIP : choice < 9 ? Kind.ZERO_PAGE : Kind.REMOVE;
        final long offset = random.nextBoolean()
                ? (long) (random.nextDouble() * length)
                : (long) (random.nextDouble() * Math.min(length, used(file)));
        return new Mutation(
                kind,
                file,
                kind == Kind.ZERO_PAGE ? offset / PAGE_BYTES * PAGE_BYTES : offset,
                1 << random.nextInt(8) | (random.nextInt(4) == 0 ? random.nextInt(256) : 0));
    }

    /** Lets it happen. */
    public void apply() throws IOException {
        if (kind == Kind.REMOVE) {
            Files.delete(file);
            return;
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            switch (kind) {
                case CUT -> bytes.setLength(offset);
                case FLIP -> {
                    if (offset < bytes.length()) {
                        bytes.seek(offset);
                        final int old = bytes.read();
                        bytes.seek(offset);
                        bytes.write(old ^ mask);
                    }
                }
                default -> {
                    if (offset < bytes.length()) {
                        bytes.seek(offset);
                        bytes.write(new byte[(int) Math.min(PAGE_BYTES, bytes.length() - offset)]);
                    }
                }
            }
        }
    }

    private static long used(final Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 1 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }
}
