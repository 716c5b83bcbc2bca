package io.tendon.fusion.rewindow;

import io.tendon.fusion.align.ArmSample;
import io.tendon.fusion.align.Window;
import io.tendon.fusion.align.WindowAligner;
import io.tendon.fusion.align.WindowTiming;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A run in which everything happens, seeded: control misses cycles, is refused, dies and comes back, its samples come late;
 * fusion stalls, is left behind, is started again; the recorder misses samples. It keeps the truth beside the logs.
 */
final class RunScenario {
    static final long T0 = 1_700_000_000_000_000_000L;

    final WindowTiming timing;
    final MemoryLog samples = new MemoryLog();
    final MemoryLog states = new MemoryLog();
    final MemoryLog events = new MemoryLog();

    /** Control's cycles by slot since the epoch; a slot without one is silent. */
    final TreeMap<Long, Cycle> cycles = new TreeMap<>();

    /** Starts of the windows that fusion made, with whether each was the first of a life of fusion. */
    final TreeMap<Long, Boolean> made = new TreeMap<>();

    /** Slots whose sample was in one of these windows, each with its life of control. */
    final Map<Long, Integer> inTime = new HashMap<>();

    /** Samples that fusion counted as late. */
    long late;

    private final Random random;
    private final Set<Cycle> unread = new HashSet<>();
    private int fusionSession = 71;
    private long fusionSequence;

    /**
     * What control did in a slot.
     *
     * @param session of its life.
     * @param slot since the epoch.
     * @param sequence of the sample; -1 for a cycle that was missed.
     * @param captureTimeNs of the sample, within the slot.
     * @param arrivalNs when fusion can read it; -1 for one that was refused to control.
     * @param isRecorded whether it is in the log.
     */
    record Cycle(int session, long slot, long sequence, long captureTimeNs, long arrivalNs, boolean isRecorded) {
        boolean isMissed() {
            return sequence < 0;
        }

        boolean isPublished() {
            return arrivalNs >= 0;
        }
    }

    RunScenario(final long seed) {
        random = new Random(seed);
        timing = timing();
        control(100 + random.nextInt(150));
        fusion();
    }

    /** Whether fusion said that it did not get it. */
    boolean isUnread(final Cycle cycle) {
        return unread.contains(cycle);
    }

    private WindowTiming timing() {
        int slots;
        long periodNs;
        do {
            slots = 1 + random.nextInt(WindowTiming.MAX_SLOTS);
            periodNs = 500_000L * (1 + random.nextInt(20));
        } while (slots * periodNs < 1_000_000L || slots * periodNs > 100_000_000L);
        return new WindowTiming(slots * periodNs, periodNs, (long) (slots * periodNs * random.nextDouble() / 2), 4);
    }

    private void control(final int windows) {
        final double missedShare = random.nextDouble() * 0.05;
        final double refusedShare = random.nextDouble() * 0.05;
        final double lateShare = random.nextDouble() * 0.1;
        // A recorder that misses samples is told from a writer that is refused where neither is mixed with the other.
        final boolean isRecorderLossy = random.nextInt(4) == 0;
        long slot = Math.floorDiv(T0, timing.samplePeriodNs());
        final long end = slot + (long) windows * timing.slots();
        int session = 5;
        long sequence = 0;
        long cycle = 0;
        long quiet = 0;
        while (slot < end) {
            if (!isRecorderLossy && random.nextInt(400) == 0) {
                slot += random.nextInt(5 * timing.slots());
                session++;
                sequence = 0;
                cycle = 0;
            }
            final long captureNs = slot * timing.samplePeriodNs() + random.nextInt((int) timing.samplePeriodNs());
            final double fate = quiet > 0 && quiet < 3 ? 0.5 : random.nextDouble();
            final boolean isLost = isRecorderLossy && quiet >= 3 && random.nextInt(100) == 0;
            if (fate < missedShare) {
                cycles.put(slot, new Cycle(session, slot, -1, captureNs, -1, false));
            } else if (fate < missedShare + refusedShare) {
                cycles.put(slot, new Cycle(session, slot, sequence++, captureNs, -1, false));
            } else {
                final long delayNs = fate > 1 - lateShare ? random.nextInt(3) * timing.windowNs() : 1_000;
                final Cycle said = new Cycle(session, slot, sequence++, captureNs, captureNs + delayNs, !isLost);
                cycles.put(slot, said);
                if (said.isRecorded()) {
                    samples.add(session, RewindMessages.sample(said.sequence(), captureNs, cycle));
                }
            }
            quiet = cycles.containsKey(slot) && requireCycle(slot).isRecorded() ? quiet + 1 : 0;
            cycle++;
            slot++;
        }
    }

    private Cycle requireCycle(final long slot) {
        return Objects.requireNonNull(cycles.get(slot));
    }

    private void fusion() {
        final List<Cycle> arrivals = new ArrayList<>(
                cycles.values().stream().filter(Cycle::isPublished).toList());
        arrivals.sort(Comparator.comparingLong(Cycle::arrivalNs));
        final long endNs = arrivals.get(arrivals.size() - 1).arrivalNs() + 8 * timing.windowNs();
        long nowNs = T0 + random.nextInt(20) * timing.windowNs();
        WindowAligner aligner = new WindowAligner(timing, 1, nowNs);
        boolean isBegin = true;
        int next = 0;
        while (next < arrivals.size() && arrivals.get(next).arrivalNs() <= nowNs) {
            next++;
        }
        while (nowNs < endNs) {
            nowNs = aligner.nextCloseTimeNs() + wakeLateNs();
            if (random.nextInt(80) == 0) {
                // It died, and its next life begins with what comes from now on.
                nowNs += random.nextInt(10) * timing.windowNs();
                aligner = new WindowAligner(timing, 1, nowNs);
                fusionSession++;
                fusionSequence = 0;
                isBegin = true;
                while (next < arrivals.size() && arrivals.get(next).arrivalNs() <= nowNs) {
                    next++;
                }
                continue;
            }
            aligner.skipTo(nowNs);
            next = read(aligner, arrivals, next, nowNs);
            while (aligner.isDue(nowNs)) {
                say(aligner.close(), nowNs, isBegin);
                isBegin = false;
            }
        }
    }

    private long wakeLateNs() {
        final boolean isStall = random.nextInt(30) == 0;
        return isStall ? (long) (random.nextDouble() * 12 * timing.windowNs()) : random.nextInt(50_000);
    }

    private int read(final WindowAligner aligner, final List<Cycle> arrivals, final int from, final long nowNs) {
        int next = from;
        while (next < arrivals.size() && arrivals.get(next).arrivalNs() <= nowNs) {
            final Cycle cycle = arrivals.get(next++);
            if (random.nextInt(150) == 0) {
                unread.add(cycle);
                events.add(1, RewindMessages.gap(0, nowNs, cycle.session(), cycle.sequence(), cycle.sequence()));
                continue;
            }
            final ArmSample sample = new ArmSample(1);
            sample.sessionId = cycle.session();
            sample.sequence = cycle.sequence();
            sample.captureTimeNs = cycle.captureTimeNs();
            aligner.admit(sample);
        }
        return next;
    }

    private void say(final Window window, final long nowNs, final boolean isBegin) {
        states.add(fusionSession, RewindMessages.window(fusionSequence++, nowNs, window));
        if (made.containsKey(window.startNs())) {
            return;
        }
        made.put(window.startNs(), isBegin);
        late += window.lateSamples();
        for (int slot = 0; slot < timing.slots(); slot++) {
            if ((window.completenessMask() & 1L << slot) != 0) {
                inTime.put(window.startNs() / timing.samplePeriodNs() + slot, window.sessionId());
            }
        }
    }
}
