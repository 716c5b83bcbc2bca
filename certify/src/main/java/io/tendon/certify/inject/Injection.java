package io.tendon.certify.inject;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.RecorderLag;
import io.tendon.bus.signal.StopSignal;
import io.tendon.certify.fault.Fault;
import io.tendon.certify.fault.FaultTarget;
import io.tendon.certify.measure.FaultRun;
import io.tendon.certify.measure.FaultVerdict;
import io.tendon.certify.measure.Losses;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One fault on one robot, measured:
 *
 * <pre>
 *   before | begin - during ... until it has taken effect - end | after ... until the robot has recovered | verdict
 * </pre>
 *
 * <p>The fault is ended whatever happens, also when the process is asked to stop. Main thread.
 */
final class Injection {
    private final FaultTarget robot;
    private final Fault fault;
    private final PhasePlan plan;
    private final StopSignal stop;
    private final Consumer<String> progress;
    private final List<Mark> marks = new ArrayList<>();

    /** One moment between two phases. */
    private record Mark(long timeNs, Losses losses) {}

    /**
     * Does nothing yet.
     *
     * @param robot that runs.
     * @param fault not begun.
     * @param plan how long to measure.
     * @param stop looked at all the time.
     * @param progress takes lines for the person who waits.
     */
    Injection(
            final FaultTarget robot,
            final Fault fault,
            final PhasePlan plan,
            final StopSignal stop,
            final Consumer<String> progress) {
        this.robot = robot;
        this.fault = fault;
        this.plan = plan;
        this.stop = stop;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @return what came of it.
     * @throws CommandFailure when the fault cannot be begun, or the process was asked to stop.
     */
    InjectionReport run() {
        fault.check(robot);
        final FaultRun run = new FaultRun(robot, fault, this::pause);
        final CycleReader reader = new CycleReader(robot.directory());
        try (reader) {
            reader.awaitControl();
            mark();
            progress.accept("before: measuring");
            pause(plan.beforeNs());
            mark();
            progress.accept("during: " + fault.description());
            run.during(plan.duringNs());
            mark();
            progress.accept("after: measuring");
            run.after(plan.afterNs());
            mark();
        }
        return report(reader, run);
    }

    private void mark() {
        marks.add(new Mark(robot.session().clock().nanoTime(), Losses.read(robot.counters())));
    }

    private void pause(final long forNs) {
        if (stop.await(forNs)) {
            throw new CommandFailure(fault.name() + ": stopped before the end; the fault has been ended, no verdict");
        }
    }

    private InjectionReport report(final CycleReader reader, final FaultRun run) {
        final List<Phase> phases = List.of(
                between("before", reader, marks.get(0), marks.get(1)),
                between("during", reader, marks.get(1), marks.get(2)),
                between("after", reader, marks.get(2), marks.get(3)));
        final Losses losses = marks.get(3).losses().since(marks.get(1).losses());
        final FaultVerdict verdict = run.verdict(losses);
        return new InjectionReport(
                fault.name(),
                fault.description(),
                robot.directory().name(),
                robot.session().sessionName(),
                fault.account(),
                phases,
                reader.unseen(),
                run.recoveryNs(),
                fault.victim().isPresent(),
                RecorderLag.read(robot.counters()).bytes(StreamCatalog.CONTROL_STATE),
                safetyState(),
                verdict);
    }

    private Phase between(final String name, final CycleReader reader, final Mark from, final Mark to) {
        return new Phase(
                name,
                to.timeNs() - from.timeNs(),
                Lateness.of(reader.samples().between(from.timeNs(), to.timeNs())),
                to.losses().since(from.losses()));
    }

    private SafetyState safetyState() {
        return SafetyState.get(
                (short) robot.counters().node(BusCounter.SAFETY_STATE, NodeId.CONTROL, SafetyState.NULL_VAL.value()));
    }
}
