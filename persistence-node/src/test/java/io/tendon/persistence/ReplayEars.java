package io.tendon.persistence;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.subscribe.ReplayHandler;
import io.tendon.bus.subscribe.ReplaySubscriber;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.recording.MessageCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/** Listens to all replay streams and keeps what it hears, on a thread of its own. */
final class ReplayEars implements AutoCloseable {
    private final RuntimeDirectory runtime;
    private final Map<String, List<byte[]>> heard = new TreeMap<>();
    private final AtomicBoolean isEnding = new AtomicBoolean();
    private final Thread thread;
    private int jumps;
    private long gaps;

    ReplayEars(final RuntimeDirectory runtime) {
        this.runtime = runtime;
        thread = new Thread(this::listen, "ears");
        thread.start();
    }

    /** Where it listens. */
    RuntimeDirectory robot() {
        return runtime;
    }

    /** What came, by the live stream's name; once it is closed. */
    Map<String, List<byte[]>> heard() {
        return heard;
    }

    /** Jumps that the streams made, the beginning of each among them; once it is closed. */
    int jumps() {
        return jumps;
    }

    /** Messages that were missing; once it is closed. */
    long gaps() {
        return gaps;
    }

    /** Listens until nothing comes any more. */
    @Override
    public void close() {
        isEnding.set(true);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a cursor gives, by stream. */
    static Map<String, List<byte[]>> payloads(final MessageCursor cursor) {
        final Map<String, List<byte[]>> payloads = new TreeMap<>();
        while (cursor.next()) {
            final byte[] bytes = new byte[cursor.message().lengthBytes()];
            cursor.message().buffer().getBytes(cursor.message().offset(), bytes);
            payloads.computeIfAbsent(cursor.message().recording().streamName(), name -> new ArrayList<>())
                    .add(bytes);
        }
        return payloads;
    }

    private void listen() {
        // A driver that ends with its replay is no error.
        try (BusConnection bus =
                BusConnection.connect(runtime, NodeId.SHADOW, error -> {}, TimeUnit.SECONDS.toNanos(30))) {
            final List<ReplaySubscriber> subscribers = StreamCatalog.all().stream()
                    .map(stream -> bus.addReplaySubscriber(stream, new Ear(stream)))
                    .toList();
            int polled = 1;
            while (polled > 0 || !isEnding.get()) {
                polled = 0;
                for (final ReplaySubscriber subscriber : subscribers) {
                    polled += subscriber.poll(100);
                }
                if (polled == 0) {
                    LockSupport.parkNanos(100_000);
                }
            }
            gaps = subscribers.stream().mapToLong(ReplaySubscriber::gaps).sum();
        }
    }

    private final class Ear implements ReplayHandler {
        private final StreamDescriptor stream;

        Ear(final StreamDescriptor stream) {
            this.stream = stream;
        }

        @Override
        public void onJump() {
            jumps++;
        }

        @Override
        public void onMessage(
                final DirectBuffer buffer,
                final int offset,
                final int lengthBytes,
                final int sessionId,
                final long fromPosition,
                final long toPosition) {
            final byte[] bytes = new byte[lengthBytes];
            buffer.getBytes(offset, bytes);
            heard.computeIfAbsent(stream.name(), name -> new ArrayList<>()).add(bytes);
        }
    }
}
