package io.tendon.certify.certificate;

import io.tendon.bus.clock.BusClock;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.cycle.TickLogView;
import io.tendon.certify.fault.Fault;
import io.tendon.certify.fault.FaultTarget;
import io.tendon.certify.measure.FaultRun;
import io.tendon.certify.measure.Losses;
import io.tendon.certify.measure.PhaseFigures;
import io.tendon.certify.measure.TickComparison;
import io.tendon.certify.measure.Waiting;
import io.tendon.certify.process.RobotRun;
import io.tendon.certify.witness.WitnessProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A running robot with its witness, measured stretch by stretch. A stretch in which the machine held the witness itself
 * too often says nothing of the robot's punctuality: it is measured again.
 */
final class RobotMeasurement implements AutoCloseable {
    /** After which a tick that was due has been noted, unless nobody ran. */
    static final long NOTED_NS = 200_000_000L;

    private static final int MOST_ATTEMPTS = 3;
    private static final long SETTLE_NS = 2_000_000_000L;
    private static final double NS_PER_S = 1e9;

    private final RobotRun robot;
    private final FaultTarget target;
    private final WitnessProcess witness;
    private final BusClock clock;
    private final Consumer<String> progress;

    /**
     * Measures a robot that works.
     *
     * @param robot that is measured; stays the caller's.
     * @param config of the certificate.
     * @param witnessName of the witness's files.
     * @param progress takes lines for the user.
     */
    RobotMeasurement(
            final RobotRun robot,
            final CertifyConfig config,
            final String witnessName,
            final Consumer<String> progress) {
        this.robot = robot;
        this.progress = progress;
        clock = robot.session().clock();
        target = FaultTarget.open(robot.directory());
        witness = WitnessProcess.start(
                witnessName,
                config.workDirectory(),
                new WitnessProcess.Watch(
                        clock, CertifyConfig.PERIOD_NS, CertifyConfig.LOG_TICKS, config.cpu(), config.rt()));
        try {
            witness.awaitTicking(clock);
        } catch (final RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Measures without a fault. */
    MeasuredPhase measureUndisturbed(final long forNs) {
        final Losses before = Losses.read(robot.view());
        for (int attempt = 1; ; attempt++) {
            robot.letArmRun();
            final long fromNs = clock.nanoTime();
            Waiting.sleep(forNs);
            final long toNs = clock.nanoTime();
            final PhaseFigures figures = figures(fromNs, toNs);
            if (isFinal(MeasuredPhase.NO_FAULT, figures, attempt, MOST_ATTEMPTS)) {
                return new MeasuredPhase(
                        MeasuredPhase.NO_FAULT,
                        "nothing is done to the robot",
                        (toNs - fromNs) / NS_PER_S,
                        figures,
                        Losses.read(robot.view()).since(before),
                        0,
                        List.of(),
                        List.of(),
                        robot.armState(),
                        attempt);
            }
        }
    }

    /**
     * Measures under a fault, and until the robot has recovered from it. Losses and broken promises are those of all
     * attempts: what the machine disturbs is time, and no count.
     */
    MeasuredPhase measure(final PlannedFault planned) {
        final Losses before = Losses.read(robot.view());
        final List<String> broken = new ArrayList<>();
        for (int attempt = 1; ; attempt++) {
            try (Fault fault = planned.fault().get()) {
                robot.letArmRun();
                final Losses beforeAttempt = Losses.read(robot.view());
                final FaultRun run = new FaultRun(target, fault, Waiting::sleep);
                final long fromNs = clock.nanoTime();
                run.during(planned.forNs());
                final long toNs = clock.nanoTime();
                run.after(SETTLE_NS);
                final Losses losses = Losses.read(robot.view());
                broken.addAll(run.verdict(losses.since(beforeAttempt)).broken());
                if (!robot.isRunning()) {
                    broken.add("the robot ended by itself: " + robot.lastWord());
                }
                final PhaseFigures figures = figures(fromNs, toNs);
                // The third death of a process within a minute ends the robot, by design.
                final int mostAttempts = fault.victim().isPresent() ? MOST_ATTEMPTS - 1 : MOST_ATTEMPTS;
                if (!robot.isRunning() || isFinal(fault.name(), figures, attempt, mostAttempts)) {
                    return new MeasuredPhase(
                            planned.name(),
                            fault.description(),
                            (toNs - fromNs) / NS_PER_S,
                            figures,
                            losses.since(before),
                            run.recoveryNs() / NS_PER_S,
                            fault.account(),
                            List.copyOf(broken),
                            robot.armState(),
                            attempt);
                }
            }
        }
    }

    /** Why a fault cannot be done on this machine; empty when it can. */
    String refusal(final PlannedFault planned) {
        try (Fault fault = planned.fault().get()) {
            fault.check(target);
            return "";
        } catch (final CommandFailure e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public void close() {
        witness.close();
        target.close();
    }

    private PhaseFigures figures(final long fromNs, final long toNs) {
        // Ticks under way are noted by then.
        Waiting.sleep(NOTED_NS);
        WitnessCheck.require(witness);
        try (TickLogView control = new TickLogView(robot.tickLog());
                TickLogView floor = new TickLogView(witness.tickLog())) {
            return TickComparison.compare(control, floor, fromNs, toNs, robot.safepoints());
        }
    }

    private boolean isFinal(final String name, final PhaseFigures figures, final int attempt, final int mostAttempts) {
        if (!figures.isDisturbed() || attempt == mostAttempts) {
            return true;
        }
        progress.accept(name + ": the witness itself missed " + figures.witnessMissed() + " of " + figures.ticks()
                + " ticks; measured again");
        return false;
    }
}
