package io.tendon.certify.fault;

import io.aeron.Aeron;
import io.aeron.Image;
import io.aeron.Subscription;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.schemas.NodeId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code slow-reader}: one more reader of control.state, which takes a message now and then, slower than they come. Like
 * any reader it is not tethered, so the driver leaves it behind when it is too far behind. With the stream's terms that
 * takes most of a minute: {@link #hasTakenEffect} says when it has happened.
 */
public final class SlowReader implements Fault {
    private static final StreamDescriptor STREAM = StreamCatalog.CONTROL_STATE;
    private static final String READER = "slow-reader";
    private static final long JOIN_TIMEOUT_S = 10;
    private static final double NS_PER_S = 1e9;
    private static final double BYTES_PER_MIB = 1 << 20;

    private final long everyNs;
    private final AtomicLong taken = new AtomicLong();
    private final CountDownLatch joined = new CountDownLatch(1);
    private final CountDownLatch ending = new CountDownLatch(1);
    // Written by the client's thread, read by whoever asks for the account.
    private volatile List<String> leftBehind = List.of();
    private @Nullable Thread thread;
    private @Nullable Aeron client;

    /**
     * Reads nothing yet.
     *
     * @param everyNs from one message that it takes to the next, above the time between two that are written.
     */
    public SlowReader(final long everyNs) {
        final long writtenEveryNs = (long) (NS_PER_S / STREAM.messagesPerSecond());
        if (everyNs <= writtenEveryNs) {
            throw new ConfigException(
                    "every",
                    Durations.format(everyNs),
                    "must be above " + Durations.format(writtenEveryNs) + ", the rate of " + STREAM.name(),
                    "a slow reader takes one message every 100ms");
        }
        this.everyNs = everyNs;
    }

    @Override
    public String name() {
        return "slow-reader";
    }

    @Override
    public String description() {
        return "one more reader of " + STREAM.name() + " that takes a message every " + Durations.format(everyNs)
                + " until it is left behind";
    }

    @Override
    public Set<Rule> rules() {
        return EnumSet.allOf(Rule.class);
    }

    @Override
    public void check(final FaultTarget robot) {
        robot.pid(NodeId.CONTROL);
    }

    @Override
    public synchronized void begin(final FaultTarget robot) {
        final Aeron aeron = ObserverClient.connect(robot.directory(), robot.session(), error -> {});
        client = aeron;
        final long startNs = System.nanoTime();
        final Subscription subscription = aeron.addSubscription(
                STREAM.subscriptionChannel(READER),
                STREAM.streamId(),
                image -> joined.countDown(),
                image -> onLeftBehind(image, startNs));
        final Thread reading = new Thread(() -> read(subscription), READER);
        reading.setDaemon(true);
        reading.start();
        thread = reading;
        try {
            if (!joined.await(JOIN_TIMEOUT_S, TimeUnit.SECONDS)) {
                end();
                throw new CommandFailure(
                        STREAM.name() + ": no writer was joined within " + JOIN_TIMEOUT_S
                                + " s; is the robot's control running?",
                        NodeCommand.EXIT_USAGE);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void end() {
        ending.countDown();
        final Thread reading;
        final Aeron aeron;
        synchronized (this) {
            reading = thread;
            aeron = client;
        }
        if (reading != null) {
            try {
                reading.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (aeron != null) {
            aeron.close();
        }
    }

    @Override
    public boolean hasTakenEffect() {
        return !leftBehind.isEmpty();
    }

    @Override
    public synchronized List<String> account() {
        if (thread == null) {
            return List.of();
        }
        final List<String> lines = new ArrayList<>(List.of("took " + taken.get() + " messages"));
        lines.addAll(leftBehind);
        if (!hasTakenEffect()) {
            lines.add("was not left behind");
        }
        return lines;
    }

    /** On the client's own thread. Closing the client makes images unavailable, too. */
    private void onLeftBehind(final Image image, final long startNs) {
        if (ending.getCount() > 0) {
            final List<String> lines = new ArrayList<>(leftBehind);
            lines.add(String.format(
                    Locale.ROOT,
                    "left behind %.1f s after it joined, at %.1f MiB of the log",
                    (System.nanoTime() - startNs) / NS_PER_S,
                    image.position() / BYTES_PER_MIB));
            leftBehind = List.copyOf(lines);
        }
    }

    private void read(final Subscription subscription) {
        try {
            while (!ending.await(everyNs, TimeUnit.NANOSECONDS)) {
                taken.addAndGet(subscription.poll((buffer, offset, length, header) -> {}, 1));
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
