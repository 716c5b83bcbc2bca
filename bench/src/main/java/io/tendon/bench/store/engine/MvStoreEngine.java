package io.tendon.bench.store.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** H2's MVStore, a map in a file: the message as it is by its capture time; a question reads each of its range. */
final class MvStoreEngine implements Engine {
    private static final int CACHE_MB = 96;

    private final MVStore store;
    private final MVMap<Long, byte[]> map;
    private final JointStateColumns columns = new JointStateColumns();
    private final UnsafeBuffer reading = new UnsafeBuffer(0, 0);

    MvStoreEngine(final Path directory) throws IOException {
        store = new MVStore.Builder()
                .fileName(Files.createDirectories(directory)
                        .resolve("joint-states.mv")
                        .toString())
                .cacheSize(CACHE_MB)
                .autoCommitDisabled()
                .open();
        map = store.openMap("joint_state");
    }

    @Override
    public String label() {
        return "H2 MVStore";
    }

    @Override
    public String durability() {
        return "a chunk written and synced";
    }

    @Override
    public void append(final DirectBuffer buffer, final int lengthBytes) {
        columns.read(buffer);
        final byte[] message = new byte[lengthBytes];
        buffer.getBytes(0, message);
        map.put(columns.whole(0), message);
    }

    @Override
    public void commit() {
        store.commit();
        store.sync();
    }

    @Override
    public void complete() {
        // It has nothing to be made.
    }

    @Override
    public Sum range(final long fromNs, final long toNs) {
        long count = 0;
        double total = 0;
        final Cursor<Long, byte[]> cursor = map.cursor(fromNs);
        while (cursor.hasNext() && cursor.next() < toNs) {
            count++;
            total += position(cursor.getValue());
        }
        return new Sum(count, total);
    }

    @Override
    public Map<Long, Double> greatest(final long fromNs, final long toNs) {
        final Map<Long, Double> greatest = new HashMap<>();
        final Cursor<Long, byte[]> cursor = map.cursor(fromNs);
        while (cursor.hasNext()) {
            final long timeNs = cursor.next();
            if (timeNs >= toNs) {
                break;
            }
            greatest.merge(timeNs / 1_000_000_000L * 1_000_000_000L, position(cursor.getValue()), Math::max);
        }
        return greatest;
    }

    @Override
    public void close() {
        store.close();
    }

    private double position(final byte[] message) {
        reading.wrap(message);
        return columns.thirdPosition(reading);
    }
}
