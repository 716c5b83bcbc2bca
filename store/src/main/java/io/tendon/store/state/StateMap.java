package io.tendon.store.state;

import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import net.openhft.chronicle.core.shutdown.PriorityHook;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The map itself; the one class that knows Chronicle Map, and its fences: long keys, bytes of one size as values, no
 * checksums of its own between them, one process. What keeps a file that is not whole from getting here is {@link
 * StateStore}'s. One thread writes, any reads.
 */
final class StateMap implements AutoCloseable {
    private static final int BLOCK_BYTES = 4096;

    private final ChronicleMap<Long, byte[]> map;

    private StateMap(final ChronicleMap<Long, byte[]> map) {
        this.map = map;
    }

    /**
     * Opens a map, making it if there is none. Takes a second, several on a small machine.
     *
     * @param file of the map; written to from now on.
     * @param limits that it was made with.
     * @return the map.
     * @throws StoreException when Chronicle Map cannot open it here.
     */
    static StateMap open(final Path file, final StateLimits limits) {
        try {
            final StateMap map = new StateMap(ChronicleMapBuilder.of(Long.class, byte[].class)
                    .name("state")
                    .entries(limits.entries())
                    .valueMarshallers(StateBytes.INSTANCE, StateBytes.INSTANCE)
                    .constantValueSizeBySample(new byte[StateValueDescriptor.lengthBytes(limits)])
                    .checksumEntries(false)
                    // Else it closes itself on SIGTERM, under who is about to store what is left and close in order.
                    .skipCloseOnExitHook(true)
                    .createPersistedTo(file.toFile()));
            return map.withRoom(file);
        } catch (final IOException | RuntimeException | LinkageError | AssertionError e) {
            // Errors too: that is how it says that the JVM does not let it reach where it must.
            throw new StoreException(
                    file + ": cannot be opened by Chronicle Map (" + firstCause(e)
                            + "); it needs a JDK, not a JRE alone, and the"
                            + " options that bin/persistence-node gives the JVM, and some free space",
                    e);
        }
    }

    /**
     * Registers what Chronicle Map does when the JVM stops. It would do so while it opens a map, which fails with a trace when
     * the stop has begun by then. Any thread.
     *
     * @return false when the JVM stops already, and no map can be opened any more.
     */
    static boolean prepare() {
        try {
            PriorityHook.add(0, () -> {});
            return true;
        } catch (final IllegalStateException e) {
            return false;
        }
    }

    /** Which Chronicle Map it is: another one may lay its file out differently. */
    static String library() {
        final String version = ChronicleMap.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    byte @Nullable [] get(final long hash) {
        return map.get(hash);
    }

    void put(final long hash, final byte[] bytes) {
        try {
            map.put(hash, bytes);
        } catch (final RuntimeException e) {
            throw new StoreException(
                    "state: Chronicle Map refused a value (" + e
                            + "); it is closed, and made again from the recordings when it is opened" + " next",
                    e);
        }
    }

    long size() {
        return map.longSize();
    }

    /** Gives out each value, in no order. */
    void forEach(final Consumer<byte[]> consumer) {
        map.forEach((hash, bytes) -> consumer.accept(bytes));
    }

    @Override
    public void close() {
        map.close();
    }

    /** Takes the room of the whole file: on a full disk a store into a hole of it would end the process (SIGBUS). */
    private StateMap withRoom(final Path file) throws IOException {
        final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        final ByteBuffer empty = ByteBuffer.allocate(BLOCK_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (long offset = 0; offset < channel.size(); offset += BLOCK_BYTES) {
                block.clear();
                final int length = channel.read(block, offset);
                if (block.flip().mismatch(empty.clear().limit(Math.max(0, length))) == -1) {
                    channel.write(empty, offset);
                }
            }
            return this;
        } catch (final IOException e) {
            map.close();
            throw e;
        }
    }

    private static Throwable firstCause(final Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
