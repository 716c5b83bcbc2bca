package io.tendon.fusion.loop;

import io.tendon.bus.RealTime;
import io.tendon.bus.cycle.CyclePacer;
import io.tendon.bus.cycle.CycleStatistics;
import io.tendon.bus.cycle.MissedTicks;
import io.tendon.bus.event.EventPublisher;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.fusion.align.Window;
import io.tendon.fusion.align.WindowAligner;
import io.tendon.fusion.estimator.JointEstimator;
import io.tendon.fusion.inference.WindowListener;
import io.tendon.fusion.link.FusedStatePublisher;
import io.tendon.fusion.link.SetpointPublisher;
import io.tendon.fusion.task.ArmSetpoint;
import io.tendon.fusion.task.PickAndPlace;
import io.tendon.robot.ForwardKinematics;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.status.AtomicCounter;
import org.jspecify.annotations.Nullable;

/**
 * Wakes once a window, when the window that has just ended is to be closed, and goes through its steps in order. Owns that
 * order and nothing else. Runs on fusion's one thread; allocates nothing once warm.
 */
public final class FusionLoop {
    /** Samples taken in one wake at most: those of the longest stall that is caught up, and then some. */
    private static final int FRAGMENT_LIMIT = 4096;

    /** Windows in which the arm is brought to rest before the loop ends, at most. */
    private static final int MAX_STOP_WINDOWS = 150;

    private static final long NO_HARDWARE_NS = 0;

    private final CyclePacer pacer;
    private final CycleStatistics statistics;
    private final EpochNanoClock clock;
    private final Samples samples;
    private final WindowAligner aligner;
    private final JointEstimator estimator;
    private final ForwardKinematics forward;
    private final PickAndPlace task;
    private final ArmSetpoint setpoint;
    private final MissedTicks missed = new MissedTicks();
    private final Outputs outputs;

    /** Where samples come from; what comes is handed to the aligner while it is polled. */
    @FunctionalInterface
    public interface Samples {
        /**
         * Takes what has come.
         *
         * @param limit most to take.
         * @return how many were taken.
         */
        int poll(int limit);
    }

    /**
     * Where a window's results go.
     *
     * @param setpoints encodes onto {@code setpointWriter}.
     * @param setpointWriter publisher of fusion.setpoint.
     * @param states encodes onto {@code stateWriter}.
     * @param stateWriter publisher of fusion.state.
     * @param events publisher of fusion.event.
     * @param incompleteWindows counts windows that closed without all their samples.
     * @param windows is shown each window after its set-point and its state have been published.
     * @param windowWriter publisher of what {@code windows} says, null when it says nothing.
     */
    public record Outputs(
            SetpointPublisher setpoints,
            MessagePublisher setpointWriter,
            FusedStatePublisher states,
            MessagePublisher stateWriter,
            EventPublisher events,
            AtomicCounter incompleteWindows,
            WindowListener windows,
            @Nullable MessagePublisher windowWriter) {}

    /**
     * A loop that has not begun.
     *
     * @param pacer of the windows, with the window's length as its period.
     * @param statistics of the wakes.
     * @param clock of the session.
     * @param samples of control.state, fed to {@code aligner}.
     * @param aligner of the samples.
     * @param estimator of the joints.
     * @param forward kinematics of the arm.
     * @param task that decides.
     * @param outputs where results go.
     */
    public FusionLoop(
            final CyclePacer pacer,
            final CycleStatistics statistics,
            final EpochNanoClock clock,
            final Samples samples,
            final WindowAligner aligner,
            final JointEstimator estimator,
            final ForwardKinematics forward,
            final PickAndPlace task,
            final Outputs outputs) {
        this.pacer = pacer;
        this.statistics = statistics;
        this.clock = clock;
        this.samples = samples;
        this.aligner = aligner;
        this.estimator = estimator;
        this.forward = forward;
        this.task = task;
        this.outputs = outputs;
        setpoint = new ArmSetpoint(estimator.positions().length);
    }

    /**
     * Runs until it is told to stop, then brings the arm to rest.
     *
     * @param isStopped asked once a window.
     * @param isBusLost asked once a window whether the bus is gone for good.
     * @return true when it ended in order, false when the bus was lost.
     */
    public boolean run(final BooleanSupplier isStopped, final BooleanSupplier isBusLost) {
        // The node was put together a while ago: the windows since then are nobody's.
        aligner.restart(clock.nanoTime());
        pacer.start(aligner.nextCloseTimeNs());
        int stopWindows = 0;
        while (!isBusLost.getAsBoolean()) {
            final int passed = pacer.await();
            missed.judge(
                    passed,
                    pacer.deadlineNs(),
                    pacer.periodNs(),
                    pacer.previousWokenNs(),
                    pacer.previousFinishedNs(),
                    NO_HARDWARE_NS);
            statistics.onCycle(pacer.wokenNs() - pacer.deadlineNs(), missed);
            onWake(pacer.wokenNs());
            if (isStopped.getAsBoolean()) {
                task.beginStop();
                if (task.isAtRest() || ++stopWindows > MAX_STOP_WINDOWS) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * One wake: takes what has come, closes what is due.
     *
     * @param nowNs ns since the epoch.
     */
    @RealTime
    public void onWake(final long nowNs) {
        aligner.skipTo(nowNs);
        int left = FRAGMENT_LIMIT;
        int polled = samples.poll(left);
        while (polled > 0 && left > polled) {
            left -= polled;
            polled = samples.poll(left);
        }
        while (aligner.isDue(nowNs)) {
            onWindow(aligner.close());
        }
        outputs.windows().doWork(nowNs);
        outputs.events().doWork();
        follow(outputs.setpointWriter());
        follow(outputs.stateWriter());
        final MessagePublisher windowWriter = outputs.windowWriter();
        if (windowWriter != null) {
            follow(windowWriter);
        }
    }

    @RealTime
    private void follow(final MessagePublisher writer) {
        outputs.events().reportRefused(writer);
        writer.doWork();
    }

    @RealTime
    private void onWindow(final Window window) {
        estimator.update(window);
        final int received = window.receivedSamples();
        final boolean hasSetpoint = task.onWindow(window.endNs(), received == 0 ? null : window.newest(), setpoint);
        if (hasSetpoint) {
            outputs.setpoints().publish(setpoint, window, clock.nanoTime());
        }
        if (estimator.isInitialised()) {
            forward.update(estimator.positions());
            if (received < window.expectedSamples()) {
                outputs.incompleteWindows().getAndAddRelease(1);
            }
        }
        outputs.states().publish(window, estimator, forward.tip(), task, clock.nanoTime());
        outputs.windows().onWindow(window, estimator, clock.nanoTime());
    }
}
