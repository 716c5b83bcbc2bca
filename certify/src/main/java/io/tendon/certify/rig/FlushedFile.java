package io.tendon.certify.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * A file that is appended to in memory and flushed to the disk now and then. Only the swap of its two buffers is locked,
 * not the flush: what holds control up is the pool alone. Any thread.
 */
final class FlushedFile implements AutoCloseable {
    private static final int BUFFER_LENGTH = 1 << 20;

    private final FileChannel channel;
    private ByteBuffer appendBuffer = ByteBuffer.allocateDirect(BUFFER_LENGTH);
    private ByteBuffer flushBuffer = ByteBuffer.allocateDirect(BUFFER_LENGTH);
    // Written by the rig's main thread, read by the flush.
    private volatile long stallNs;
    // Written by the flush, read by the rig's main thread.
    private volatile int stalls;

    private FlushedFile(final FileChannel channel) {
        this.channel = channel;
    }

    static FlushedFile create(final Path file) throws IOException {
        return new FlushedFile(FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING));
    }

    /** Adds a record; one that finds no room is dropped, so that nothing is waited for. */
    synchronized void append(final long timeNs, final double value) {
        if (appendBuffer.remaining() >= 2 * Long.BYTES) {
            appendBuffer.putLong(timeNs).putDouble(value);
        }
    }

    /** From now on each flush takes so much longer. */
    void stall(final long longerNs) {
        stallNs = longerNs;
    }

    /** Flushes that took longer. */
    int stalls() {
        return stalls;
    }

    /** Writes what was appended, forces it to the device, and takes the stall on top. */
    void flush() {
        final ByteBuffer full;
        synchronized (this) {
            full = appendBuffer;
            appendBuffer = flushBuffer;
            flushBuffer = full;
        }
        try {
            full.flip();
            while (full.hasRemaining()) {
                channel.write(full);
            }
            full.clear();
            channel.force(false);
            if (stallNs > 0) {
                countStall();
                TimeUnit.NANOSECONDS.sleep(stallNs);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private synchronized void countStall() {
        stalls = stalls + 1;
    }
}
