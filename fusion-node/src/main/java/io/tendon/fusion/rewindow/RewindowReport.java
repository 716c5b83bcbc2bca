package io.tendon.fusion.rewindow;

/**
 * What was found, beside the windows themselves.
 *
 * @param sessionId of the session.
 * @param state how the session stands.
 * @param timing of the windows.
 * @param totals over all windows.
 * @param saidLate samples that fusion counted as late.
 * @param foreignWindows of fusion that were left out, since they have other slots than its first.
 * @param unplacedSamples in the log that no window takes.
 */
record RewindowReport(
        String sessionId,
        String state,
        RewindowTiming timing,
        RewindowTotals totals,
        long saidLate,
        long foreignWindows,
        long unplacedSamples) {}
