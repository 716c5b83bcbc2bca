package io.tendon.bus.health;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Memory of a process from its /proc/PID/status, read again and again without garbage: a loop's JVM whose heap never fills
 * never has to stop for it. One owner thread.
 */
final class ProcStatus implements AutoCloseable {
    private static final byte[] ANONYMOUS = "RssAnon:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FILE = "RssFile:".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 8192;
    private static final long BYTES_PER_KB = 1024;

    private final RandomAccessFile file;
    private final byte[] text = new byte[LONGEST];

    /**
     * Opens it.
     *
     * @param path of a status file.
     * @throws IOException when there is no such process, or no /proc.
     */
    ProcStatus(final Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "r");
    }

    /**
     * Reads it.
     *
     * @return RssAnon plus RssFile in bytes; {@link ProcessFigures#UNKNOWN} when they are not there.
     */
    long residentBytes() {
        try {
            file.seek(0);
            final int length = file.read(text);
            final long anonymousKb = value(length, ANONYMOUS);
            final long fileKb = value(length, FILE);
            return anonymousKb < 0 || fileKb < 0 ? ProcessFigures.UNKNOWN : (anonymousKb + fileKb) * BYTES_PER_KB;
        } catch (final IOException e) {
            return ProcessFigures.UNKNOWN;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** The first number behind a key; -1 when the key is not there. */
    private long value(final int length, final byte[] key) {
        for (int i = 0; i + key.length < length; i++) {
            if (isAt(i, key)) {
                return number(i + key.length, length);
            }
        }
        return -1;
    }

    private boolean isAt(final int offset, final byte[] key) {
        for (int i = 0; i < key.length; i++) {
            if (text[offset + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    private long number(final int from, final int length) {
        int i = from;
        while (i < length && (text[i] == ' ' || text[i] == '\t')) {
            i++;
        }
        long value = 0;
        while (i < length && text[i] >= '0' && text[i] <= '9') {
            value = 10 * value + text[i] - '0';
            i++;
        }
        return value;
    }
}
