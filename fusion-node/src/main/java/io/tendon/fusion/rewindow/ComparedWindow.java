package io.tendon.fusion.rewindow;

import java.util.Collections;
import java.util.List;

/**
 * A window as it was in the run, and as it is with everything that is in the log.
 *
 * @param startNs first capture time that belongs to it, ns since the epoch.
 * @param isMade whether fusion made it; else it stalled for too long, did not run, or could not say it.
 * @param fates of its slots, in order.
 * @param unrecordedSlots slots of which fusion had the sample, and the log has it not.
 */
record ComparedWindow(long startNs, boolean isMade, List<SlotFate> fates, int unrecordedSlots) {
    ComparedWindow {
        fates = List.copyOf(fates);
    }

    /** Bit i is set when the sample of slot i was in fusion's window. */
    long maskInRun() {
        long mask = 0;
        for (int slot = 0; slot < fates.size(); slot++) {
            mask |= fates.get(slot) == SlotFate.IN_TIME ? 1L << slot : 0;
        }
        return mask;
    }

    /** Bit i is set when the sample of slot i was in fusion's window or is in the log. */
    long maskWithLog() {
        long mask = 0;
        for (int slot = 0; slot < fates.size(); slot++) {
            mask |= fates.get(slot).isThere() ? 1L << slot : 0;
        }
        return mask;
    }

    boolean isCompleteInRun() {
        return isMade && count(SlotFate.IN_TIME) == fates.size();
    }

    boolean isCompleteWithLog() {
        return fates.stream().allMatch(SlotFate::isThere);
    }

    /** Whether control said nothing and missed nothing in all of it: it did not run. */
    boolean isSilent() {
        return count(SlotFate.SILENT) == fates.size();
    }

    /** Whether the log changes it. */
    boolean isDifferent() {
        return maskInRun() != maskWithLog() || (!isMade && maskWithLog() != 0);
    }

    int count(final SlotFate fate) {
        return Collections.frequency(fates, fate);
    }

    /** A letter for each slot. */
    String letters() {
        final StringBuilder letters = new StringBuilder(fates.size());
        fates.forEach(fate -> letters.append(fate.letter()));
        return letters.toString();
    }
}
