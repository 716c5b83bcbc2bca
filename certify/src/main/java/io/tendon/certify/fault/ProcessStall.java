package io.tendon.certify.fault;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.counter.NodeNames;
import io.tendon.bus.signal.ThreadEnd;
import io.tendon.schemas.NodeId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One process of the robot stands still (SIGSTOP, SIGCONT) for a moment, again and again: as the control loop of a robot did whose
 * database shared its threads.
 */
public final class ProcessStall implements Fault {
    private static final double NS_PER_MS = 1e6;

    private final NodeId node;
    private final long blockNs;
    private final long everyNs;
    private @Nullable StoppableProcess process;
    private @Nullable Thread thread;
    // Told by the stalling thread, read by the owner's when the account is asked for.
    private final AtomicInteger stalls = new AtomicInteger();
    private final AtomicLong stoppedNs = new AtomicLong();
    private volatile boolean isDead;
    private volatile boolean isEnding;

    /**
     * Stalls nobody yet.
     *
     * @param node whose process it will be.
     * @param blockNs how long it stands still, ns, above 0.
     * @param everyNs from one to the next, ns, above {@code blockNs}.
     */
    public ProcessStall(final NodeId node, final long blockNs, final long everyNs) {
        this.node = node;
        this.blockNs = blockNs;
        this.everyNs = everyNs;
    }

    @Override
    public String name() {
        return NodeNames.of(node) + "-stall";
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "the process of %s stands still for %.0f ms every %.0f ms",
                NodeNames.of(node),
                blockNs / NS_PER_MS,
                everyNs / NS_PER_MS);
    }

    @Override
    public Set<Rule> rules() {
        return EnumSet.allOf(Rule.class);
    }

    @Override
    public void check(final FaultTarget robot) {
        robot.pid(node);
    }

    @Override
    public synchronized void begin(final FaultTarget robot) {
        final StoppableProcess begun = StoppableProcess.stopped(robot.pid(node));
        begun.goOn();
        process = begun;
        thread = new Thread(() -> stall(begun), name());
        thread.setDaemon(true);
        thread.start();
    }

    private void stall(final StoppableProcess stopped) {
        long nextNs = System.nanoTime();
        while (!isEnding && !isDead) {
            final long beganNs = System.nanoTime();
            try {
                stopped.stop();
                LockSupport.parkNanos(blockNs);
            } catch (final CommandFailure e) {
                isDead = true;
            }
            isDead |= !stopped.goOn();
            stoppedNs.addAndGet(System.nanoTime() - beganNs);
            stalls.incrementAndGet();
            nextNs += everyNs;
            while (!isEnding && System.nanoTime() < nextNs) {
                LockSupport.parkNanos(Math.min(nextNs - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(20)));
            }
        }
    }

    @Override
    public synchronized void end() {
        final StoppableProcess ended = process;
        final Thread stalling = thread;
        if (ended == null || stalling == null) {
            return;
        }
        isEnding = true;
        ThreadEnd.await(stalling);
        ended.close();
        process = null;
    }

    @Override
    public boolean hasTakenEffect() {
        return stalls.get() > 0;
    }

    @Override
    public List<String> account() {
        final int stallCount = stalls.get();
        if (stallCount == 0) {
            return List.of();
        }
        return List.of(String.format(
                        Locale.ROOT,
                        "%s stood still %d times, %.1f ms each on the average",
                        NodeNames.of(node),
                        stallCount,
                        stoppedNs.get() / NS_PER_MS / stallCount)
                + (isDead ? "; its process died" : ""));
    }
}
