package io.tendon.fusion.rewindow;

import java.util.EnumMap;
import java.util.Map;

/** What the comparison of a session's windows adds up to. One owner thread. */
final class RewindowTotals {
    private final Map<SlotFate, Long> slots = new EnumMap<>(SlotFate.class);
    private long windows;
    private long notMade;
    private long silent;
    private long completeInRun;
    private long completeWithLog;
    private long becameComplete;
    private long notMadeComplete;
    private long differing;
    private long unrecordedSlots;

    RewindowTotals() {
        for (final SlotFate fate : SlotFate.values()) {
            slots.put(fate, 0L);
        }
    }

    void add(final ComparedWindow window) {
        windows++;
        notMade += window.isMade() ? 0 : 1;
        silent += window.isSilent() ? 1 : 0;
        completeInRun += window.isCompleteInRun() ? 1 : 0;
        completeWithLog += window.isCompleteWithLog() ? 1 : 0;
        if (window.isCompleteWithLog() && !window.isCompleteInRun()) {
            becameComplete += window.isMade() ? 1 : 0;
            notMadeComplete += window.isMade() ? 0 : 1;
        }
        differing += window.isDifferent() ? 1 : 0;
        unrecordedSlots += window.unrecordedSlots();
        window.fates().forEach(fate -> slots.merge(fate, 1L, Long::sum));
    }

    /** Windows compared: all that hold a sample or that fusion made, from its first to its last. */
    long windows() {
        return windows;
    }

    /** Of them, those that fusion did not make. */
    long notMade() {
        return notMade;
    }

    /** Windows in which control did not run, which are neither complete nor incomplete. */
    long silent() {
        return silent;
    }

    /** Windows that fusion made with all their samples. */
    long completeInRun() {
        return completeInRun;
    }

    /** Windows that fusion made without all their samples. */
    long incompleteInRun() {
        return windows - notMade - silent - completeInRun;
    }

    /** Windows of which every sample is in the log or was in fusion's window. */
    long completeWithLog() {
        return completeWithLog;
    }

    /** All others. */
    long incompleteWithLog() {
        return windows - silent - completeWithLog;
    }

    /** Windows that fusion made incomplete, and that are complete with the log. */
    long becameComplete() {
        return becameComplete;
    }

    /** Windows that fusion did not make, and that are complete with the log. */
    long notMadeComplete() {
        return notMadeComplete;
    }

    /** Windows that the log changes. */
    long differing() {
        return differing;
    }

    /** Slots of which fusion had the sample, and the log has it not. */
    long unrecordedSlots() {
        return unrecordedSlots;
    }

    /** Slots of all windows: the sum of {@link #slots(SlotFate)} over every fate. */
    long slots() {
        return slots.values().stream().mapToLong(Long::longValue).sum();
    }

    long slots(final SlotFate fate) {
        return slots.getOrDefault(fate, 0L);
    }
}
