package io.tendon.control.loop;

import io.tendon.bus.RealTime;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.cycle.CyclePacer;
import io.tendon.bus.cycle.RealTimeOutcome;
import io.tendon.bus.cycle.RealTimeRequest;
import io.tendon.bus.cycle.RealTimeScheduling;
import io.tendon.bus.cycle.TickLog;
import io.tendon.control.ControlConfig;
import io.tendon.control.hardware.HardwareException;
import io.tendon.control.safety.SafetyState;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the loop's time on a thread of its own, from the arm's power-up to its power-off. Asked to stop, or left without a
 * bus for too long, it lets the arm slow down for at most {@value #LONGEST_STOP_NS} ns. An exception in a cycle is recorded and latches
 * FAULTED; a second one while FAULTED ends the loop, with the exit code of a safety stop.
 */
public final class ControlRunner implements Runnable {
    /** Longest time that the arm is given to slow down before it is braked, ns. */
    public static final long LONGEST_STOP_NS = 1_000_000_000L;

    private static final System.Logger LOG = System.getLogger(ControlRunner.class.getName());

    private final ControlLoop loop;
    private final ControlConfig config;
    private final EpochNanoClock clock;
    private final CyclePacer pacer;
    private final BooleanSupplier stopAsked;
    private final ErrorHandler errors;
    private final Consumer<RealTimeOutcome> onStarted;
    private final @Nullable TickLog tickLog;
    // Written by the loop's thread before it ends, read by the main thread after it has joined it.
    private int exitCode = NodeCommand.EXIT_FAILURE;
    private @Nullable ConfigException refusal;

    /**
     * A runner that has not started.
     *
     * @param loop to run.
     * @param config of its period and scheduling.
     * @param clock of the session.
     * @param stopAsked asked once a cycle whether to end; must not allocate or wait.
     * @param errors told of exceptions.
     * @param onStarted told, on the loop's thread, what the kernel gave, once the arm is powered.
     * @param tickLog notes each tick; null for none.
     */
    public ControlRunner(
            final ControlLoop loop,
            final ControlConfig config,
            final EpochNanoClock clock,
            final BooleanSupplier stopAsked,
            final ErrorHandler errors,
            final Consumer<RealTimeOutcome> onStarted,
            final @Nullable TickLog tickLog) {
        this.loop = loop;
        this.config = config;
        this.clock = clock;
        this.stopAsked = stopAsked;
        this.errors = errors;
        this.onStarted = onStarted;
        this.tickLog = tickLog;
        pacer = new CyclePacer(clock, config.periodNs(), config.spinNs());
    }

    @Override
    public void run() {
        try {
            final RealTimeOutcome outcome =
                    RealTimeScheduling.apply(RealTimeRequest.hard(config.rt(), config.rtPriority(), config.cpu()));
            loop.start();
            onStarted.accept(outcome);
            // On whole periods of the session's clock, so that each sample has its slot in fusion's windows.
            final long periodNs = config.periodNs();
            pacer.start((clock.nanoTime() / periodNs + 2) * periodNs);
            runUntilStopped();
        } catch (final ConfigException e) {
            refusal = e;
        } catch (final HardwareException e) {
            LOG.log(System.Logger.Level.ERROR, "event=hardware-fault at=start message=" + e.getMessage());
            errors.onError(e);
            exitCode = NodeCommand.EXIT_FAILURE;
        } finally {
            loop.stop();
        }
    }

    /** Exit code for the process, once the thread has ended. */
    public int exitCode() {
        if (refusal != null) {
            throw refusal;
        }
        return exitCode;
    }

    @RealTime
    private void runUntilStopped() {
        long stopDeadlineNs = Long.MAX_VALUE;
        boolean isBusLost = false;
        while (true) {
            if (!cycle()) {
                exitCode = NodeCommand.EXIT_SAFETY_STOP;
                return;
            }
            if (stopDeadlineNs == Long.MAX_VALUE) {
                if (stopAsked.getAsBoolean()) {
                    loop.beginStop("asked to stop");
                    stopDeadlineNs = clock.nanoTime() + LONGEST_STOP_NS;
                } else if (loop.link().isLost()) {
                    loop.beginStop("the bus is gone");
                    isBusLost = true;
                    stopDeadlineNs = clock.nanoTime() + LONGEST_STOP_NS;
                }
            } else if (loop.isStanding() || clock.nanoTime() >= stopDeadlineNs) {
                exitCode = isBusLost ? NodeCommand.EXIT_FAILURE : NodeCommand.EXIT_OK;
                return;
            }
        }
    }

    /** One cycle; false when not even the fault of the one before could be handled. */
    @RealTime
    private boolean cycle() {
        final int missed = pacer.await();
        final TickLog ticks = tickLog;
        if (ticks != null) {
            ticks.executed(pacer.deadlineNs(), pacer.wokenNs() - pacer.deadlineNs(), missed);
        }
        final boolean wasFaulted = loop.safetyState() == SafetyState.FAULTED;
        try {
            loop.cycle(pacer.cycle(), pacer.deadlineNs(), pacer.wokenNs(), missed);
            if (ticks != null) {
                ticks.finished(pacer.deadlineNs(), clock.nanoTime() - pacer.wokenNs());
            }
            return true;
        } catch (final RuntimeException e) {
            return isFaultHandled(e) && !wasFaulted;
        }
    }

    private boolean isFaultHandled(final RuntimeException e) {
        try {
            errors.onError(e);
            loop.fault(e);
            return true;
        } catch (final RuntimeException again) {
            LOG.log(System.Logger.Level.ERROR, "event=fault-not-handled exception=" + again);
            return false;
        }
    }
}
