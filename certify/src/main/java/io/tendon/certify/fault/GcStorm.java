package io.tendon.certify.fault;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.schemas.NodeId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** {@code gc-storm}: full collections of garbage in fusion's JVM, one after another without a pause. */
public final class GcStorm implements Fault {
    private static final double NS_PER_MS = 1e6;

    private final AtomicLong collections = new AtomicLong();
    private final AtomicLong longestNs = new AtomicLong();
    private final CountDownLatch begun = new CountDownLatch(1);
    private @Nullable Thread thread;
    // Written by the thread that asks for collections, read by whoever asks for the account.
    private volatile String failure = "";
    // Written by whoever ends it, read by the thread that asks for collections.
    private volatile boolean isEnding;

    /** Collects nothing yet. */
    public GcStorm() {}

    @Override
    public String name() {
        return "gc-storm";
    }

    @Override
    public String description() {
        return "full garbage collections in fusion, one after another";
    }

    @Override
    public Set<Rule> rules() {
        return EnumSet.allOf(Rule.class);
    }

    @Override
    public void check(final FaultTarget robot) {
        AttachedJvm.attach(robot.pid(NodeId.FUSION)).close();
    }

    @Override
    public synchronized void begin(final FaultTarget robot) {
        final AttachedJvm fusion = AttachedJvm.attach(robot.pid(NodeId.FUSION));
        thread = new Thread(() -> collect(fusion), "gc-storm");
        thread.setDaemon(true);
        thread.start();
        try {
            begun.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (collections.get() == 0 && !failure.isEmpty()) {
            throw new CommandFailure(failure, NodeCommand.EXIT_USAGE);
        }
    }

    @Override
    public void end() {
        isEnding = true;
        final Thread collecting;
        synchronized (this) {
            collecting = thread;
        }
        if (collecting != null) {
            try {
                collecting.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean hasTakenEffect() {
        return collections.get() > 0;
    }

    @Override
    public synchronized List<String> account() {
        if (thread == null) {
            return List.of();
        }
        final String text = String.format(
                Locale.ROOT,
                "%d full collections in fusion, the longest took %.1f ms with the asking",
                collections.get(),
                longestNs.get() / NS_PER_MS);
        return failure.isEmpty() ? List.of(text) : List.of(text, failure);
    }

    private void collect(final AttachedJvm fusion) {
        try (fusion) {
            while (!isEnding) {
                final long fromNs = System.nanoTime();
                fusion.runCommand("GC.run");
                longestNs.accumulateAndGet(System.nanoTime() - fromNs, Math::max);
                collections.incrementAndGet();
                begun.countDown();
            }
        } catch (final CommandFailure e) {
            failure = String.valueOf(e.getMessage());
        } finally {
            begun.countDown();
        }
    }
}
