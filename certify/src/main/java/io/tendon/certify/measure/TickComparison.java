package io.tendon.certify.measure;

import io.tendon.bus.cycle.TickLogView;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Puts two tick logs of one grid side by side, tick by tick. One thread. */
public final class TickComparison {
    /** EXCESS above which a tick's lateness is not the machine's doing, ns. */
    public static final long EXPLAINED_NS = 500_000;

    private static final long LATE_NS = 1_000_000;
    private static final long EPISODE_NS = 20_000_000;
    private static final int CURVE_TICKS = 20;
    private static final long HIGHEST_NS = 3_600_000_000_000L;

    private final TickLogView control;
    private final TickLogView witness;
    private final Safepoints safepoints;
    private final Histogram lateness = new Histogram(1, HIGHEST_NS, 3);
    private final Histogram witnessLateness = new Histogram(1, HIGHEST_NS, 3);
    private final Histogram excess = new Histogram(1, HIGHEST_NS, 3);
    private final List<PhaseFigures.CurvePoint> curve = new ArrayList<>();
    private final Episodes lateEpisodes = new Episodes(EPISODE_NS);
    private final Episodes excessEpisodes = new Episodes(EPISODE_NS);

    private long unknown;
    private long witnessMissed;
    private long unexplained;
    private long byMachine;
    private long bySafepoint;
    private long byLongCycle;
    private long byLateWakeUp;
    private long maxLatenessNs;
    private long maxWitnessNs;
    private long maxExcessNs;

    private TickComparison(final TickLogView control, final TickLogView witness, final Safepoints safepoints) {
        this.control = control;
        this.witness = witness;
        this.safepoints = safepoints;
    }

    /**
     * Compares a stretch of time.
     *
     * @param control the loop that is judged.
     * @param witness on the same grid.
     * @param fromNs first tick, ns since the epoch.
     * @param toNs behind the last tick.
     * @param safepoints of the judged loop's JVM.
     * @return the figures.
     * @throws IllegalArgumentException when the grids differ.
     */
    public static PhaseFigures compare(
            final TickLogView control,
            final TickLogView witness,
            final long fromNs,
            final long toNs,
            final Safepoints safepoints) {
        final long periodNs = control.periodNs();
        if (witness.periodNs() != periodNs
                || Math.floorMod(witness.firstDueNs() - control.firstDueNs(), periodNs) != 0) {
            throw new IllegalArgumentException("the two logs are on different grids");
        }
        return new TickComparison(control, witness, safepoints).compare(fromNs, toNs);
    }

    private PhaseFigures compare(final long fromNs, final long toNs) {
        final long first = control.tickAt(fromNs);
        final long end = control.tickAt(toNs);
        final long shift = (control.firstDueNs() - witness.firstDueNs()) / control.periodNs();
        for (long block = first; block < end; block += CURVE_TICKS) {
            long worstNs = 0;
            long worstWitnessNs = 0;
            for (long tick = block; tick < Math.min(end, block + CURVE_TICKS); tick++) {
                add(tick, tick + shift);
                worstNs = Math.max(worstNs, control.isKnown(tick) ? control.latenessNs(tick) : 0);
                worstWitnessNs =
                        Math.max(worstWitnessNs, witness.isKnown(tick + shift) ? witness.latenessNs(tick + shift) : 0);
            }
            curve.add(
                    new PhaseFigures.CurvePoint((block - first) * control.periodNs() * 1e-9, worstNs, worstWitnessNs));
        }
        return new PhaseFigures(
                Math.max(0, end - first),
                unknown,
                new MissedTicks(byMachine, bySafepoint, byLongCycle, byLateWakeUp),
                witnessMissed,
                Percentiles.of(lateness, maxLatenessNs),
                Percentiles.of(witnessLateness, maxWitnessNs),
                Percentiles.of(excess, maxExcessNs),
                unexplained,
                lateEpisodes.count(),
                excessEpisodes.count(),
                List.copyOf(curve));
    }

    private void add(final long tick, final long witnessTick) {
        final boolean hasWitness = witness.isKnown(witnessTick);
        final long witnessNs = hasWitness ? witness.latenessNs(witnessTick) : 0;
        if (hasWitness) {
            witnessLateness.recordValue(Math.min(witnessNs, HIGHEST_NS));
            maxWitnessNs = Math.max(maxWitnessNs, witnessNs);
            witnessMissed += witness.isMissed(witnessTick) ? 1 : 0;
        }
        if (!control.isKnown(tick)) {
            unknown++;
            lateEpisodes.add(0);
            excessEpisodes.add(0);
            return;
        }
        final long latenessNs = control.latenessNs(tick);
        lateness.recordValue(Math.min(latenessNs, HIGHEST_NS));
        maxLatenessNs = Math.max(maxLatenessNs, latenessNs);
        lateEpisodes.add(latenessNs);
        // Without a witness nothing is taken away.
        final long excessNs = Math.max(0, latenessNs - witnessNs);
        excess.recordValue(Math.min(excessNs, HIGHEST_NS));
        maxExcessNs = Math.max(maxExcessNs, excessNs);
        excessEpisodes.add(excessNs);
        if (latenessNs > LATE_NS && excessNs > EXPLAINED_NS) {
            unexplained++;
        }
        if (control.isMissed(tick)) {
            attribute(tick, hasWitness && excessNs <= EXPLAINED_NS, excessNs);
        }
    }

    private void attribute(final long tick, final boolean wasWitnessHeld, final long excessNs) {
        final long dueNs = control.firstDueNs() + tick * control.periodNs();
        if (wasWitnessHeld) {
            byMachine++;
        } else if (2 * safepoints.overlapNs(dueNs, dueNs + control.latenessNs(tick)) >= excessNs) {
            bySafepoint++;
        } else if (endOfCycleBeforeNs(tick) > tick * control.periodNs()) {
            byLongCycle++;
        } else {
            byLateWakeUp++;
        }
    }

    /** When the last executed cycle before a missed tick was done, ns since tick 0 was due. */
    private long endOfCycleBeforeNs(final long missedTick) {
        long tick = missedTick - 1;
        while (tick >= 0 && control.isKnown(tick) && control.isMissed(tick)) {
            tick--;
        }
        return tick < 0 || !control.isKnown(tick)
                ? Long.MIN_VALUE
                : tick * control.periodNs() + control.latenessNs(tick) + control.durationNs(tick);
    }
}
