package io.tendon.persistence.replay;

/**
 * Where a replay stands. Immutable; any thread.
 *
 * @param positionNs recorded time since the beginning of the range, ns.
 * @param totalNs length of the range, ns.
 * @param speed wanted.
 * @param isPaused whether it stands still.
 * @param isLooping whether it begins again at the end.
 * @param messages published so far.
 * @param lost given up so far.
 * @param messagesPerS published in the last while, a second.
 * @param latenessNs of the last message against the time it was due, ns; 0 when none was due at a time.
 */
public record ReplayProgress(
        long positionNs,
        long totalNs,
        ReplaySpeed speed,
        boolean isPaused,
        boolean isLooping,
        long messages,
        long lost,
        double messagesPerS,
        long latenessNs) {}
