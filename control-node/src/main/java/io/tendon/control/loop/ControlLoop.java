package io.tendon.control.loop;

import io.tendon.bus.RealTime;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.cycle.CycleStatistics;
import io.tendon.control.ControlConfig;
import io.tendon.control.anomaly.AnomalyDetector;
import io.tendon.control.anomaly.AnomalyKind;
import io.tendon.control.controller.CommandGenerator;
import io.tendon.control.controller.Setpoint;
import io.tendon.control.hardware.HardwareDriver;
import io.tendon.control.hardware.JointCommand;
import io.tendon.control.link.ControlLink;
import io.tendon.control.link.CycleTiming;
import io.tendon.control.link.OperatorCommand;
import io.tendon.control.safety.CommandLimiter;
import io.tendon.control.safety.Motion;
import io.tendon.control.safety.MotionLimits;
import io.tendon.control.safety.ReasonText;
import io.tendon.control.safety.SafetyState;
import io.tendon.control.safety.SafetyStateMachine;
import io.tendon.robot.Gripper;
import io.tendon.robot.RobotModel;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Owns the order of a cycle, and nothing else: note the tick, hear operators, hear fusion, read the arm, look for what is wrong
 * with it, judge, make the next command within the limits, drive, say so. Made on the main thread; then the control loop's thread owns it.
 *
 * <p>A command is for the time at which its cycle was due, not for when the thread woke, so lateness does not shake the
 * arm. After missed ticks the command goes on by as many periods; after more than {@value #LONGEST_GAP_NS} ns of them an arm
 * that moved begins anew from where it is.
 */
public final class ControlLoop implements AutoCloseable {
    /** Longest time without a cycle after which the command goes on as if nothing had been, as for a stale set-point. */
    static final long LONGEST_GAP_NS = 20_000_000L;

    /** Grip force, N, above which a gripper holds something: well above the noise of its sensor. */
    private static final double GRIPPING_FORCE_N = 1;

    private final EpochNanoClock clock;
    private final SafetyStateMachine safety;
    private final double resumeTolerance;
    private final long periodNs;
    private final CommandLimiter limiter;
    private final CommandGenerator generator;
    private final ArmHardware hardware;
    private final Gripper gripper;
    private final OperatorDesk desk;
    private final ControlLink link;
    private final CycleEvents events;
    private final CycleStatistics statistics;
    private final CycleTiming timing;
    private final AnomalyDetector detector;
    private float anomalyScore = Float.NaN;
    private long limitsHit;

    /**
     * Wires a loop.
     *
     * @param bus that is connected as control.
     * @param robot that is moved.
     * @param driver that moves it, configured.
     * @param config validated.
     * @param statistics of the loop's ticks.
     * @param clock by which the loop's cycles are timed.
     */
    public ControlLoop(
            final BusConnection bus,
            final RobotModel robot,
            final HardwareDriver driver,
            final ControlConfig config,
            final CycleStatistics statistics,
            final EpochNanoClock clock) {
        this.clock = clock;
        this.statistics = statistics;
        final MotionLimits limits = MotionLimits.of(robot);
        safety = new SafetyStateMachine(config.safetyPolicy());
        resumeTolerance = config.resumeTolerance();
        periodNs = config.periodNs();
        timing = new CycleTiming(periodNs);
        limiter = new CommandLimiter(limits, config.periodNs());
        generator = new CommandGenerator(limits, limiter, config.periodNs(), config.setpointPeriodNs() / 2);
        hardware = new ArmHardware(driver, robot.jointCount());
        gripper = robot.gripper();
        desk = new OperatorDesk(safety, generator, limits, hardware);
        link = new ControlLink(bus, robot.jointCount(), clock, this::onCommand);
        events = new CycleEvents(link.events(), robot);
        detector = new AnomalyDetector(robot, config.detectorSettings(), this::onAnomaly);
    }

    /**
     * Lets the arm stand until an operator resumes it, because nobody knows what went on while control was gone. Before
     * {@link #start}.
     *
     * @param why for the event.
     */
    public void beginHeld(final String why) {
        safety.beginHeld(why);
    }

    /**
     * Powers the arm, which holds where it is, and what it holds. Loop's thread, before the first cycle; throws what the
     * driver throws.
     */
    public void start() {
        hardware.start();
        generator.restart(hardware.frame().positions(), clock.nanoTime());
        final double forceN = hardware.frame().gripperForceN();
        final boolean isGripping = forceN > GRIPPING_FORCE_N;
        hardware.command()
                .gripper(
                        isGripping ? 0 : hardware.frame().gripperWidthM(),
                        isGripping ? Math.min(forceN, gripper.maxForceN()) : 0);
    }

    /**
     * One cycle.
     *
     * @param tick its number since the loop began.
     * @param scheduledNs when it was due, ns since the epoch.
     * @param wokenNs when the thread got to it.
     * @param missed ticks that passed before it.
     */
    @RealTime
    public void cycle(final long tick, final long scheduledNs, final long wokenNs, final int missed) {
        final boolean isLinked = !link.isClosed();
        timing.begin(tick, scheduledNs, wokenNs, missed);
        statistics.onCycle(wokenNs - scheduledNs, timing.missed());
        if (isLinked) {
            link.succeed();
            link.pollCommands(wokenNs);
            takeSetpoint(wokenNs);
        }
        readHardware();
        final boolean isTimeLost = missed * periodNs > LONGEST_GAP_NS;
        if (isTimeLost) {
            loseTime(missed, scheduledNs);
        }
        final int ticks = isTimeLost ? 1 : missed + 1;
        final SafetyState state = judge(ticks, wokenNs);
        final int clamped = generator.generate(state.motion(), scheduledNs, ticks);
        fillCommand(state.motion());
        writeHardware();
        if (isLinked) {
            publish(state, clamped);
            events.missed(timing.missed(), wokenNs - scheduledNs + missed * periodNs, wokenNs);
            events.limits(clamped, limiter, wokenNs);
            events.safetyState(safety);
            limitsHit += clamped == 0 ? 0 : 1;
            link.count(safety.state(), limitsHit, link.setpoints().refusedCount() + events.tooFarCount());
            link.doWork();
        }
        timing.finish(clock.nanoTime());
    }

    /** Lets the arm slow down to a stop and stay there, because control is about to end. Loop's thread. */
    public void beginStop(final String why) {
        safety.beginStop(why);
        if (!link.isClosed()) {
            link.events().nodeStopping(why);
        }
    }

    /**
     * Goes to FAULTED because of an exception in a cycle. Loop's thread.
     *
     * @param e that nobody expected.
     */
    public void fault(final RuntimeException e) {
        final ReasonText what = new ReasonText()
                .append(e.getClass().getSimpleName())
                .append(": ")
                .append(String.valueOf(e.getMessage()));
        safety.fault(what);
        if (!link.isClosed()) {
            link.events().exception(what);
            events.safetyState(safety);
        }
        timing.finish(clock.nanoTime());
    }

    /** Brakes the arm and takes the power off. Loop's thread, after the last cycle. */
    public void stop() {
        hardware.stop();
    }

    /** Whether the command stands still. */
    public boolean isStanding() {
        return generator.isStanding();
    }

    /** What the arm may do. */
    public SafetyState safetyState() {
        return safety.state();
    }

    /** What connects the loop to the bus. */
    public ControlLink link() {
        return link;
    }

    @Override
    public void close() {
        link.close();
    }

    /** The hardware has held the last command for longer than it is extrapolated: the command begins anew at the arm. */
    @RealTime
    private void loseTime(final int missed, final long nowNs) {
        if (safety.loseTime(missed)) {
            generator.restart(hardware.frame().positions(), nowNs);
        }
    }

    @RealTime
    private void onCommand(final OperatorCommand command) {
        final boolean isAccepted = desk.handle(command, timing.wokenTimeNs());
        events.safetyState(safety);
        link.events().commandAck(command, isAccepted, safety.state(), safety.refusal());
    }

    @RealTime
    private void takeSetpoint(final long nowNs) {
        link.pollSetpoints(nowNs);
        if (link.setpoints().hasNewer()) {
            generator.setpoint(link.setpoints().newest());
        }
        if (link.setpoints().hasRefusal()) {
            events.refused(link.setpoints().refusal(), link.setpoints().refused(), nowNs);
        }
    }

    @RealTime
    private SafetyState judge(final int ticks, final long nowNs) {
        final Setpoint setpoint = generator.setpoint();
        final int farthest = generator.farthestJoint();
        final double distance = generator.distance(farthest);
        final long ageNs = setpoint.isPresent()
                ? Math.max(0, nowNs - setpoint.captureTimeNs())
                : SafetyStateMachine.NO_SETPOINT_AGE_NS;
        final SafetyState state = safety.judge(ageNs, distance, ticks, generator.isStanding(), generator.isJogDone());
        if (safety.isTooFar() && link.setpoints().hasNewer()) {
            events.tooFar(farthest, distance, resumeTolerance, setpoint, nowNs);
        }
        return state;
    }

    @RealTime
    private void fillCommand(final Motion motion) {
        final JointCommand command = hardware.command();
        System.arraycopy(generator.command().positions(), 0, command.positions(), 0, command.positions().length);
        System.arraycopy(generator.command().velocities(), 0, command.velocities(), 0, command.velocities().length);
        if (motion == Motion.FOLLOW) {
            final Setpoint setpoint = generator.setpoint();
            command.gripper(
                    Math.max(0, Math.min(gripper.maxWidthM(), setpoint.gripperWidthM())),
                    Math.max(0, Math.min(gripper.maxForceN(), setpoint.gripperMaxForceN())));
        }
    }

    @RealTime
    private void publish(final SafetyState state, final int clamped) {
        link.states()
                .publish(
                        hardware.frame(),
                        hardware.command(),
                        timing,
                        state,
                        state.motion() == Motion.FOLLOW ? generator.setpoint() : null,
                        clamped,
                        statistics.successRate(),
                        anomalyScore);
    }

    @RealTime
    private void readHardware() {
        final long fromNs = clock.nanoTime();
        final boolean isRead = hardware.read();
        timing.hardware(fromNs, clock.nanoTime());
        if (isRead) {
            // The command is still the one that brought the arm to where it is.
            anomalyScore = detector.update(hardware.frame(), hardware.command());
        } else {
            detector.restart();
            anomalyScore = Float.NaN;
            loseHardware();
        }
    }

    @RealTime
    private boolean onAnomaly(final AnomalyKind kind, final int joint, final double residual, final double allowed) {
        if (link.isClosed()) {
            return false;
        }
        events.anomaly(kind, joint, residual, allowed);
        return true;
    }

    @RealTime
    private void writeHardware() {
        final long fromNs = clock.nanoTime();
        final boolean isWritten = hardware.write();
        timing.hardware(fromNs, clock.nanoTime());
        if (!isWritten) {
            loseHardware();
        }
    }

    @RealTime
    private void loseHardware() {
        if (safety.state() != SafetyState.FAULTED) {
            safety.fault(hardware.fault());
            if (!link.isClosed()) {
                link.events().hardwareFault(hardware.fault());
            }
        }
    }
}
