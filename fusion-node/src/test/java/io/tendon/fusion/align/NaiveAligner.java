package io.tendon.fusion.align;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link WindowAligner} must do, in the plainest way: it keeps every sample that was ever offered in one list, and finds
 * out everything by going through that list.
 */
final class NaiveAligner {
    private final WindowTiming timing;
    private final List<Offered> offered = new ArrayList<>();
    private final int windowsOpen;
    private final int remembered;
    private long firstIndex;
    private long nextIndex;
    private long skippedWindows;
    private int lateSinceClose;

    NaiveAligner(final WindowTiming timing, final long nowNs) {
        this.timing = timing;
        windowsOpen = powerOfTwoFrom(timing.maxCatchUpWindows() + 4) - 1;
        remembered = powerOfTwoFrom((windowsOpen + 1) * 2 * timing.slots());
        restart(nowNs);
    }

    void restart(final long nowNs) {
        discardFrom(Long.MIN_VALUE, Long.MAX_VALUE);
        firstIndex = Math.floorDiv(nowNs, timing.windowNs());
        nextIndex = firstIndex;
    }

    long skipTo(final long nowNs) {
        long due = 0;
        while (closeTimeNs(nextIndex + due) <= nowNs) {
            due++;
        }
        final long skipped = Math.max(0, due - timing.maxCatchUpWindows());
        if (skipped > 0) {
            discardFrom(nextIndex, nextIndex + skipped);
            nextIndex += skipped;
            firstIndex = nextIndex;
            skippedWindows += skipped;
        }
        return skipped;
    }

    Admission admit(final ArmSample sample) {
        final Admission admission = judge(sample);
        final ArmSample copy = new ArmSample(sample.jointCount());
        copy.copyFrom(sample);
        offered.add(new Offered(copy, admission));
        if (admission == Admission.LATE) {
            lateSinceClose++;
        }
        return admission;
    }

    boolean isDue(final long nowNs) {
        return closeTimeNs(nextIndex) <= nowNs;
    }

    /** The window as it has to be. */
    Closed close() {
        final List<ArmSample> samples = waiting(nextIndex).stream()
                .map(offer -> offer.sample)
                .sorted(Comparator.comparingLong(sample -> sample.captureTimeNs))
                .toList();
        waiting(nextIndex).forEach(offer -> offer.isHandedOut = true);
        final Closed closed = new Closed(nextIndex, samples, lateSinceClose);
        lateSinceClose = 0;
        nextIndex++;
        return closed;
    }

    /**
     * A window as it has to be.
     *
     * @param index since the epoch.
     * @param samples by capture time, then arrival.
     * @param late counted in it.
     */
    record Closed(long index, List<ArmSample> samples, int late) {}

    long closeTimeNs() {
        return closeTimeNs(nextIndex);
    }

    long skippedWindows() {
        return skippedWindows;
    }

    long discarded() {
        return offered.stream().filter(offer -> offer.isDiscarded).count();
    }

    long handedOut() {
        return offered.stream().filter(offer -> offer.isHandedOut).count();
    }

    long waiting() {
        return offered.stream().filter(Offered::isWaiting).count();
    }

    long count(final Admission admission) {
        return offered.stream().filter(offer -> offer.admission == admission).count();
    }

    private Admission judge(final ArmSample sample) {
        final long index = Math.floorDiv(sample.captureTimeNs, timing.windowNs());
        if (index >= nextIndex + windowsOpen) {
            return Admission.EARLY;
        }
        final ArmSample newest = newest();
        if (newest != null && sample.captureTimeNs <= newest.captureTimeNs && sample.sessionId != newest.sessionId) {
            return Admission.DEAD_SESSION;
        }
        if (index < firstIndex) {
            return Admission.STALE;
        }
        if (index < nextIndex) {
            return isRemembered(sample) ? Admission.DUPLICATE : Admission.LATE;
        }
        for (final Offered offer : waiting(index)) {
            offer.isDiscarded |= offer.sample.sessionId != sample.sessionId;
        }
        if (waiting(index).stream().anyMatch(offer -> offer.sample.sequence == sample.sequence)) {
            return Admission.DUPLICATE;
        }
        return waiting(index).size() == 2 * timing.slots() ? Admission.OVERFLOW : Admission.IN_TIME;
    }

    /** The first of those with the latest capture time; of what came too early nothing is believed. */
    private @Nullable ArmSample newest() {
        ArmSample newest = null;
        for (final Offered offer : offered) {
            if (offer.admission != Admission.EARLY
                    && (newest == null || offer.sample.captureTimeNs > newest.captureTimeNs)) {
                newest = offer.sample;
            }
        }
        return newest;
    }

    /** Whether the sample came before, and none has taken its place in memory. */
    private boolean isRemembered(final ArmSample sample) {
        for (int i = offered.size() - 1; i >= 0; i--) {
            final Offered offer = offered.get(i);
            final boolean isKept = offer.admission == Admission.LATE || offer.admission == Admission.IN_TIME;
            if (isKept && Math.floorMod(offer.sample.sequence - sample.sequence, remembered) == 0) {
                return offer.sample.sequence == sample.sequence && offer.sample.sessionId == sample.sessionId;
            }
        }
        return false;
    }

    private List<Offered> waiting(final long index) {
        return offered.stream()
                .filter(offer ->
                        offer.isWaiting() && Math.floorDiv(offer.sample.captureTimeNs, timing.windowNs()) == index)
                .toList();
    }

    private void discardFrom(final long fromIndex, final long toIndex) {
        for (final Offered offer : offered) {
            final long index = Math.floorDiv(offer.sample.captureTimeNs, timing.windowNs());
            offer.isDiscarded |= offer.isWaiting() && index >= fromIndex && index < toIndex;
        }
    }

    private long closeTimeNs(final long index) {
        return (index + 1) * timing.windowNs() + timing.graceNs();
    }

    private static int powerOfTwoFrom(final int atLeast) {
        int power = 1;
        while (power < atLeast) {
            power *= 2;
        }
        return power;
    }

    /** A sample, and what became of it. */
    private static final class Offered {
        private final ArmSample sample;
        private final Admission admission;
        private boolean isHandedOut;
        private boolean isDiscarded;

        Offered(final ArmSample sample, final Admission admission) {
            this.sample = sample;
            this.admission = admission;
        }

        boolean isWaiting() {
            return admission == Admission.IN_TIME && !isHandedOut && !isDiscarded;
        }
    }
}
