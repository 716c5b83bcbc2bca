package io.tendon.fusion.task;

import io.tendon.bus.RealTime;
import io.tendon.fusion.align.ArmSample;
import org.jspecify.annotations.Nullable;

/**
 * Picks the block at one place and puts it down at the other, then the other way round, over and over: one call a window,
 * one set-point a call.
 *
 * <p>A grasp that fails, or is lost on the way, is tried once more; then the pick is given up, counted, and the next one
 * begins at the other place. While control does not follow set-points (it waits, holds, jogs, is latched, or is silent) the
 * task is frozen: it repeats control's commanded positions at rest and keeps the gripper as it is. When control follows
 * again, or has drifted away from the set-points, the current step is planned anew from where the arm is.
 *
 * <p>Owned by fusion's one thread; allocates nothing after construction.
 */
@RealTime
public final class PickAndPlace {
    /** Tries of one pick before it is given up. */
    static final int MAX_ATTEMPTS = 2;

    private static final double SETTLED = 5e-3;
    private static final double WIDTH_REACHED_M = 2e-3;
    private static final long SETTLE_NS = 400_000_000L;
    private static final long GRIPPER_EXTRA_NS = 1_000_000_000L;
    private static final int DRIFTED_WINDOWS = 2;
    private static final int REPLAN_PAUSE_WINDOWS = 10;
    private static final double NS_PER_S = 1e9;

    private final GripPlan grip;
    private final TaskSettings settings;
    private final TaskListener listener;
    private final ArmMover mover;
    private final RoutePlanner routes;
    private final GraspCheck grasp;
    private final CommandTracker tracker;
    private final double[] commandPositions;
    private final double[] commandVelocities;
    private final double[] measuredPositions;
    private final double[] noAccelerations;
    private double gripperWidthM;
    private long commandTimeNs;
    private boolean hasCommand;
    private boolean isFollowing;
    private boolean isFrozen = true;
    private boolean isStopping;
    private boolean hasStopped;
    private int silentWindows;
    private int driftedWindows;
    private int pauseWindows;
    private TaskStep step = TaskStep.IDLE;
    private int source;
    private int attempt;
    private double wantedWidthM;
    private long timeNs;
    private long stepActiveNs;
    private long settleNs;
    private long startedNs;
    private int completed;
    private int failed;

    /**
     * A task that has not begun.
     *
     * @param plan joint positions of the cell.
     * @param limits that motions hold.
     * @param settings times and tolerances.
     * @param listener hears of steps and results.
     */
    public PickAndPlace(
            final CellPlan plan, final MotionLimits limits, final TaskSettings settings, final TaskListener listener) {
        this.settings = settings;
        this.listener = listener;
        grip = plan.grip();
        mover = new ArmMover(limits, CellPlanner.WAYPOINTS);
        routes = new RoutePlanner(plan, mover);
        grasp = new GraspCheck(grip.blockSizeM(), grip.holdingForceN());
        tracker = new CommandTracker(plan.jointCount());
        commandPositions = new double[plan.jointCount()];
        commandVelocities = new double[plan.jointCount()];
        measuredPositions = new double[plan.jointCount()];
        noAccelerations = new double[plan.jointCount()];
        wantedWidthM = grip.openWidthM();
    }

    /**
     * Decides on one window.
     *
     * @param windowEndNs end of the window, ns since the epoch; windows come in order.
     * @param newest newest sample of the window, or null when it is empty.
     * @param out receives the set-point.
     * @return false when nothing is known of the arm yet and there is no set-point.
     */
    public boolean onWindow(final long windowEndNs, final @Nullable ArmSample newest, final ArmSetpoint out) {
        timeNs = windowEndNs;
        observe(newest);
        if (!hasCommand) {
            return false;
        }
        final boolean isActive = isFollowing && silentWindows <= settings.maxSilentWindows();
        if (isActive) {
            if (isStopping) {
                stop();
            } else {
                planAnewWhenNeeded(newest);
                decide();
            }
            mover.advance(settings.windowNs());
            stepActiveNs += settings.windowNs();
        } else {
            freeze();
        }
        fill(out);
        if (isActive) {
            tracker.record(out);
        }
        return true;
    }

    /** Makes the arm slow down from the next window on and stay at rest; there is no way back. */
    public void beginStop() {
        isStopping = true;
    }

    /** True when the latest set-point was at rest after {@link #beginStop}, or there is none to give. */
    public boolean isAtRest() {
        return !hasCommand || (isStopping && mover.isDone() && (hasStopped || isFrozen));
    }

    /** Where the task stands. */
    public TaskStep step() {
        return step;
    }

    /** Picks and places done so far. */
    public int completed() {
        return completed;
    }

    /** Picks and places given up so far. */
    public int failed() {
        return failed;
    }

    /** True while width and force say that the block is between the fingers. */
    public boolean isObjectHeld() {
        return grasp.isHeld();
    }

    private void observe(final @Nullable ArmSample newest) {
        if (newest == null) {
            silentWindows++;
            return;
        }
        silentWindows = 0;
        hasCommand = true;
        isFollowing = newest.followsSetpoints;
        commandTimeNs = newest.captureTimeNs;
        System.arraycopy(newest.commandPositions, 0, commandPositions, 0, commandPositions.length);
        System.arraycopy(newest.commandVelocities, 0, commandVelocities, 0, commandVelocities.length);
        System.arraycopy(newest.positions, 0, measuredPositions, 0, measuredPositions.length);
        gripperWidthM = newest.gripperWidthM;
        grasp.update(newest.gripperWidthM, newest.gripperForceN);
    }

    private void stop() {
        if (!hasStopped) {
            hasStopped = true;
            if (!isFrozen) {
                mover.stop();
            }
        }
    }

    private void freeze() {
        isFrozen = true;
        mover.standAt(commandPositions);
    }

    private void planAnewWhenNeeded(final @Nullable ArmSample newest) {
        if (isFrozen) {
            isFrozen = false;
            tracker.clear();
            driftedWindows = 0;
            pauseWindows = REPLAN_PAUSE_WINDOWS;
            stopWhereControlIs();
            routes.append(step, source);
            return;
        }
        pauseWindows = Math.max(0, pauseWindows - 1);
        if (newest == null || pauseWindows > 0) {
            return;
        }
        final boolean hasDrifted = tracker.distance(commandTimeNs, commandPositions) > settings.followTolerance();
        driftedWindows = hasDrifted ? driftedWindows + 1 : 0;
        if (driftedWindows >= DRIFTED_WINDOWS) {
            driftedWindows = 0;
            pauseWindows = REPLAN_PAUSE_WINDOWS;
            tracker.clear();
            stopWhereControlIs();
            routes.append(step, source);
        }
    }

    /** Slows down from the state that control will have commanded by the time of the set-point. */
    private void stopWhereControlIs() {
        final double aheadS =
                Math.max(0, timeNs + settings.horizonNs() - settings.windowNs() - commandTimeNs) / NS_PER_S;
        for (int j = 0; j < commandPositions.length; j++) {
            commandPositions[j] += commandVelocities[j] * aheadS;
        }
        mover.stopFrom(commandPositions, commandVelocities, noAccelerations);
    }

    private void decide() {
        switch (step) {
            case IDLE -> {
                if (mover.isDone()) {
                    enter(TaskStep.HOME);
                }
            }
            case HOME -> {
                if (mover.isDone()) {
                    startedNs = timeNs;
                    attempt = 1;
                    enter(TaskStep.APPROACH);
                }
            }
            case APPROACH -> {
                if (mover.isDone() && (isOpen() || hasGripperTimedOut())) {
                    enter(TaskStep.DESCEND);
                }
            }
            case DESCEND -> {
                if (hasArrived()) {
                    wantedWidthM = grip.closedWidthM();
                    enter(TaskStep.GRASP);
                }
            }
            case GRASP -> {
                if (grasp.isHeld()) {
                    enter(TaskStep.LIFT);
                } else if (hasGripperTimedOut()) {
                    retryOrFail("nothing between the fingers at the pick");
                }
            }
            case LIFT -> goOnHolding(TaskStep.TRANSFER, mover.isDone(), "lost while lifting");
            case TRANSFER -> goOnHolding(TaskStep.LOWER, mover.isDone(), "lost on the way");
            case LOWER -> {
                goOnHolding(TaskStep.RELEASE, hasArrived(), "lost while lowering");
                wantedWidthM = step == TaskStep.RELEASE ? grip.openWidthM() : wantedWidthM;
            }
            case RELEASE -> {
                if (isOpen()) {
                    enter(TaskStep.RETREAT);
                } else if (hasGripperTimedOut()) {
                    giveUp("the fingers do not open");
                }
            }
            case RETREAT -> {
                if (mover.isDone()) {
                    completed++;
                    listener.onCompleted(completed, (timeNs - startedNs) / NS_PER_S);
                    beginNext();
                }
            }
            case FAILED -> {
                if (mover.isDone()) {
                    beginNext();
                }
            }
        }
    }

    private void goOnHolding(final TaskStep next, final boolean isAtEnd, final String reason) {
        if (!grasp.isHeld()) {
            retryOrFail(reason);
        } else if (isAtEnd) {
            enter(next);
        }
    }

    private void retryOrFail(final String reason) {
        if (attempt < MAX_ATTEMPTS) {
            attempt++;
            wantedWidthM = grip.openWidthM();
            enter(TaskStep.APPROACH);
        } else {
            giveUp(reason);
        }
    }

    private void giveUp(final String reason) {
        failed++;
        listener.onFailed(failed, reason);
        wantedWidthM = grip.openWidthM();
        enter(TaskStep.FAILED);
    }

    private void beginNext() {
        source = 1 - source;
        enter(TaskStep.HOME);
    }

    /** Begins a step, from where the one before ended or, in the middle of a motion, after a stop. */
    private void enter(final TaskStep next) {
        final TaskStep before = step;
        step = next;
        stepActiveNs = 0;
        settleNs = 0;
        listener.onStepChanged(before, next);
        if (mover.isDone()) {
            mover.standAt(mover.end());
        } else {
            mover.stop();
        }
        routes.append(next, source);
    }

    private boolean hasArrived() {
        if (!mover.isDone()) {
            return false;
        }
        double furthest = 0;
        for (int j = 0; j < measuredPositions.length; j++) {
            furthest = Math.max(furthest, Math.abs(measuredPositions[j] - mover.end()[j]));
        }
        settleNs = furthest <= SETTLED ? settleNs : settleNs + settings.windowNs();
        return furthest <= SETTLED || settleNs >= SETTLE_NS;
    }

    private boolean isOpen() {
        return gripperWidthM >= grip.openWidthM() - WIDTH_REACHED_M;
    }

    private boolean hasGripperTimedOut() {
        return stepActiveNs >= GRIPPER_EXTRA_NS + (long) (grip.travelS() * NS_PER_S);
    }

    private void fill(final ArmSetpoint out) {
        out.targetTimeNs = timeNs + settings.horizonNs();
        System.arraycopy(mover.positions(), 0, out.positions, 0, out.positions.length);
        System.arraycopy(mover.velocities(), 0, out.velocities, 0, out.velocities.length);
        System.arraycopy(mover.accelerations(), 0, out.accelerations, 0, out.accelerations.length);
        out.gripperWidthM = wantedWidthM;
        out.gripperMaxForceN = grip.forceN();
    }
}
