package io.tendon.bench.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The disk's floor: one thread that appends to one file, and forces it to the device as often as our recorder does. */
final class SequentialWrite {
    private static final int BLOCK_BYTES = 256 * 1024;
    private static final long FLUSH_PERIOD_NS = 100_000_000L;

    private SequentialWrite() {}

    static RecordingFigures measure(final Path file, final long bytes) throws IOException {
        final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
        for (int i = 0; i < BLOCK_BYTES; i++) {
            block.put(i, (byte) (i * 31));
        }
        final long startNs = System.nanoTime();
        final long writtenNs;
        final long durableNs;
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            long flushedNs = startNs;
            for (long written = 0; written < bytes; written += BLOCK_BYTES) {
                block.clear();
                while (block.hasRemaining()) {
                    channel.write(block);
                }
                if (System.nanoTime() - flushedNs > FLUSH_PERIOD_NS) {
                    channel.force(false);
                    flushedNs = System.nanoTime();
                }
            }
            writtenNs = System.nanoTime();
            channel.force(false);
            durableNs = System.nanoTime();
        } finally {
            Files.deleteIfExists(file);
        }
        return new RecordingFigures(bytes, 0, writtenNs - startNs, durableNs - startNs);
    }
}
