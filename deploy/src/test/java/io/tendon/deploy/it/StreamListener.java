package io.tendon.deploy.it;

import io.aeron.Aeron;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Listens to streams of a robot, tethered, and keeps what it hears, on a thread of its own. */
final class StreamListener implements AutoCloseable {
    private static final long POLL_NS = 100_000L;

    private final RuntimeDirectory directory;
    private final Map<String, List<byte[]>> heard = new LinkedHashMap<>();
    private final AtomicBoolean isEnding = new AtomicBoolean();
    private final Thread thread;

    /** Waits for a driver and listens from then on. */
    StreamListener(final String robotName, final List<StreamDescriptor> streams) {
        directory = RuntimeDirectory.of(robotName);
        streams.forEach(stream -> heard.put(stream.name(), new ArrayList<>()));
        thread = new Thread(() -> listen(streams), "listener-" + robotName);
        thread.start();
    }

    /** Messages of a stream; once it is closed. */
    List<byte[]> heard(final StreamDescriptor stream) {
        return heard.getOrDefault(stream.name(), List.of());
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

    private void listen(final List<StreamDescriptor> streams) {
        while (SessionAnchor.readLive(directory.sessionFile()).isEmpty()) {
            if (isEnding.get()) {
                return;
            }
            LockSupport.parkNanos(POLL_NS);
        }
        final SessionAnchor session =
                SessionAnchor.readLive(directory.sessionFile()).orElseThrow();
        try (Aeron aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(directory.aeronDirectory().toString())
                .epochClock(session.clock())
                // A driver that ends with its replay is no error.
                .errorHandler(error -> {}))) {
            final List<Subscription> subscriptions = new ArrayList<>();
            final List<FragmentHandler> handlers = new ArrayList<>();
            for (final StreamDescriptor stream : streams) {
                final List<byte[]> messages = heard.getOrDefault(stream.name(), new ArrayList<>());
                subscriptions.add(aeron.addSubscription(stream.tetheredChannel("it"), stream.streamId()));
                handlers.add((buffer, offset, length, header) -> {
                    final byte[] bytes = new byte[length];
                    buffer.getBytes(offset, bytes);
                    messages.add(bytes);
                });
            }
            poll(subscriptions, handlers);
        }
    }

    private void poll(final List<Subscription> subscriptions, final List<FragmentHandler> handlers) {
        int polled = 1;
        while (polled > 0 || !isEnding.get()) {
            polled = 0;
            for (int i = 0; i < subscriptions.size(); i++) {
                polled += subscriptions.get(i).poll(handlers.get(i), 100);
            }
            if (polled == 0) {
                LockSupport.parkNanos(POLL_NS);
            }
        }
    }
}
