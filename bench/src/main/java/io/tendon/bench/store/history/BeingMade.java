package io.tendon.bench.store.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.agrona.IoUtil;
import org.jspecify.annotations.Nullable;

/**
 * The file that says that a history is being made. The run that makes it holds a lock on it, until it is whole or the process has
 * ended. Main thread, but for {@link #isMine} and {@link #delete}.
 */
final class BeingMade {
    private final Path file;
    // Set by the main thread; read also by the one that cleans up after a stop.
    private volatile @Nullable FileChannel channel;

    BeingMade(final Path file) {
        this.file = file;
    }

    /** Whether a run makes the history, or has left it half made. */
    boolean isThere() {
        return Files.exists(file);
    }

    /** Whether it is this run that does or did. Any thread. */
    boolean isMine() {
        return channel != null;
    }

    /**
     * Makes it this run's.
     *
     * @param made the file that says that the history is whole; whoever was faster has put it there.
     * @return whether it is.
     */
    boolean take(final Path made) throws IOException {
        if (isMine()) {
            return true;
        }
        final FileChannel taken = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isLocked(taken)) {
            if (!Files.exists(made)) {
                channel = taken;
                return true;
            }
            Files.deleteIfExists(file);
        }
        taken.close();
        return false;
    }

    private static boolean isLocked(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (final OverlappingFileLockException e) {
            return false;
        }
    }

    /** Writes lines into it, through its channel: closing another one on the same file would end the lock. */
    void write(final List<String> lines) throws IOException {
        final FileChannel mine = mine();
        final ByteBuffer text = ByteBuffer.wrap((String.join("\n", lines) + '\n').getBytes(StandardCharsets.UTF_8));
        mine.truncate(0).position(0);
        while (text.hasRemaining()) {
            mine.write(text);
        }
    }

    /** Ends it: the history is whole. */
    void become(final Path made) throws IOException {
        final FileChannel mine = mine();
        Files.move(file, made, StandardCopyOption.ATOMIC_MOVE);
        channel = null;
        mine.close();
    }

    /** Deletes it; it stays this run's. Any thread. */
    void delete() {
        IoUtil.delete(file.toFile(), true);
    }

    private FileChannel mine() {
        final FileChannel mine = channel;
        if (mine == null) {
            throw new IllegalStateException(file + ": is not this run's; must be taken first; take it");
        }
        return mine;
    }
}
