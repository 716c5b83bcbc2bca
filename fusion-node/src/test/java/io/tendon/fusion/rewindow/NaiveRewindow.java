package io.tendon.fusion.rewindow;

import io.tendon.fusion.rewindow.RunScenario.Cycle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What rewindowing must find, from the truth of a scenario, slot by slot. */
final class NaiveRewindow {
    private final RunScenario truth;
    private final int slots;
    private final long periodNs;
    private final long windowNs;
    private final Map<Long, SlotFate> holes = new HashMap<>();

    NaiveRewindow(final RunScenario truth, final int slots) {
        this.truth = truth;
        this.slots = slots;
        periodNs = truth.timing.samplePeriodNs();
        windowNs = slots * periodNs;
        truth.cycles.values().stream().map(Cycle::session).distinct().forEach(this::findHoles);
    }

    List<ComparedWindow> windows() {
        final List<ComparedWindow> windows = new ArrayList<>();
        final long runEndNs = truth.made.lastKey() + truth.timing.windowNs();
        long startNs = (truth.made.firstKey() + windowNs - 1) / windowNs * windowNs;
        for (; startNs < runEndNs; startNs += windowNs) {
            final boolean isWhole = isWhole(startNs);
            final List<Cycle> logged = logged(startNs);
            if (isWhole || (!logged.isEmpty() && runEndNs > startNs + windowNs)) {
                windows.add(window(startNs, isWhole, logged));
            }
        }
        return windows;
    }

    private ComparedWindow window(final long startNs, final boolean isWhole, final List<Cycle> logged) {
        final List<SlotFate> fates = new ArrayList<>();
        int unrecorded = 0;
        for (long slot = startNs / periodNs; slot < startNs / periodNs + slots; slot++) {
            final Cycle cycle = truth.cycles.get(slot);
            SlotFate fate = holes.getOrDefault(slot, SlotFate.SILENT);
            if (truth.inTime.containsKey(slot)) {
                fate = SlotFate.IN_TIME;
                unrecorded += logged.contains(cycle) ? 0 : 1;
            } else if (cycle != null && logged.contains(cycle)) {
                fate = isBegin(slot) || truth.isUnread(cycle) ? SlotFate.NEVER_SEEN : SlotFate.LATE;
                fate = isWhole ? fate : SlotFate.NO_WINDOW;
            }
            fates.add(fate);
        }
        return new ComparedWindow(startNs, isWhole, fates, isOfOneLife(startNs) ? unrecorded : 0);
    }

    private boolean isBegin(final long slot) {
        final long windowStartNs = slot * periodNs / truth.timing.windowNs() * truth.timing.windowNs();
        return truth.made.getOrDefault(windowStartNs, false);
    }

    /** Every slot of it lies in one of fusion's windows. */
    private boolean isWhole(final long startNs) {
        return LongStream.range(0, slots)
                .map(slot -> startNs + slot * periodNs)
                .allMatch(slotNs -> truth.made.containsKey(slotNs / truth.timing.windowNs() * truth.timing.windowNs()));
    }

    /** What is in the log of a window: of two lives of control the later. */
    private List<Cycle> logged(final long startNs) {
        final List<Cycle> all = recorded(startNs);
        final List<Cycle> ofLast = all.stream()
                .filter(cycle -> cycle.session() == all.get(all.size() - 1).session())
                .toList();
        return ofLast;
    }

    private List<Cycle> recorded(final long startNs) {
        return truth.cycles.subMap(startNs / periodNs, startNs / periodNs + slots).values().stream()
                .filter(Cycle::isRecorded)
                .toList();
    }

    private boolean isOfOneLife(final long startNs) {
        return recorded(startNs).stream().map(Cycle::session).distinct().count() <= 1;
    }

    /** Slots between two recorded samples of one life: as many lost as the sequence lacks, then the missed ones. */
    private void findHoles(final int session) {
        long before = -1;
        for (final Cycle cycle : truth.cycles.values()) {
            if (cycle.session() == session && cycle.isRecorded()) {
                if (before >= 0) {
                    fill(before, cycle.slot());
                }
                before = cycle.slot();
            }
        }
    }

    private void fill(final long before, final long behind) {
        final long lost = truth.cycles.subMap(before + 1, behind).values().stream()
                .filter(cycle -> !cycle.isMissed())
                .count();
        for (long slot = before + 1; slot < behind; slot++) {
            holes.put(slot, slot <= before + lost ? SlotFate.LOST : SlotFate.MISSED);
        }
    }
}
