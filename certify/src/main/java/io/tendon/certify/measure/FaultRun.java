package io.tendon.certify.measure;

import io.tendon.bus.config.CommandFailure;
import io.tendon.certify.fault.Fault;
import io.tendon.certify.fault.FaultTarget;
import java.util.function.BooleanSupplier;

/**
 * One fault from its beginning until the robot is at work again. It is ended whatever happens. Main thread of whoever
 * measures.
 */
public final class FaultRun {
    private static final long LOOK_NS = 20_000_000L;
    /** How much longer than asked for a fault may take to come about. */
    private static final long EFFECT_PATIENCE_NS = 180_000_000_000L;

    private static final long RECOVERY_PATIENCE_NS = 60_000_000_000L;

    private final FaultTarget robot;
    private final Fault fault;
    private final Pause pause;
    private final Recovery recovery;

    /** How the caller waits. */
    public interface Pause {
        /**
         * Waits.
         *
         * @param forNs how long.
         * @throws CommandFailure when the process was asked to stop.
         */
        void pause(long forNs);
    }

    /**
     * Takes note of the robot as it is.
     *
     * @param robot that runs.
     * @param fault not begun.
     * @param pause how to wait.
     */
    public FaultRun(final FaultTarget robot, final Fault fault, final Pause pause) {
        this.robot = robot;
        this.fault = fault;
        this.pause = pause;
        this.recovery = new Recovery(robot, fault.victim());
    }

    /**
     * Does it, and undoes it.
     *
     * @param forNs how long, and longer until it has come about.
     */
    public void during(final long forNs) {
        try {
            fault.begin(robot);
            if (fault.victim().isPresent()) {
                recovery.start();
            }
            await(forNs, fault::hasTakenEffect, EFFECT_PATIENCE_NS);
        } finally {
            fault.end();
        }
        if (fault.victim().isEmpty()) {
            recovery.start();
        }
    }

    /**
     * Waits for the robot.
     *
     * @param forNs how long, and longer until it has recovered, at most a minute.
     */
    public void after(final long forNs) {
        await(forNs, recovery::isRecovered, RECOVERY_PATIENCE_NS);
    }

    /** From the fault's end, or the kill, until the robot was at work again, ns; negative while it is not. */
    public long recoveryNs() {
        return recovery.recoveryNs();
    }

    /**
     * Judges by the fault's own rules.
     *
     * @param losses since its beginning.
     * @return the verdict.
     */
    public FaultVerdict verdict(final Losses losses) {
        return FaultVerdict.of(
                fault.rules(),
                new FaultVerdict.Findings(losses, recovery.deaths(), recovery.recoveryNs(), fault.hasTakenEffect()));
    }

    /** For as long as asked, and longer while something is still to come, but not for ever. */
    private void await(final long forNs, final BooleanSupplier isComplete, final long patienceNs) {
        final long startNs = System.nanoTime();
        while (true) {
            recovery.look();
            final long elapsedNs = System.nanoTime() - startNs;
            if (elapsedNs >= forNs && (isComplete.getAsBoolean() || elapsedNs >= forNs + patienceNs)) {
                return;
            }
            pause.pause(elapsedNs < forNs ? Math.min(LOOK_NS, forNs - elapsedNs) : LOOK_NS);
        }
    }
}
