package io.tendon.persistence.recording;

import java.util.HashSet;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * What is known of a session's durability for as long as its recorder lives, over all media drivers. The histogram belongs to
 * the log's tail, the failures to the {@link DurabilityAgent}, each on one thread at a time.
 */
public final class DurabilityAccount {
    private static final int DIGITS = 3;

    private final Histogram histogram = new Histogram(DIGITS);
    private final Set<Long> failed = new HashSet<>();
    private boolean isDirectoryFailed;

    /** Nothing was flushed yet. */
    public DurabilityAccount() {}

    /** Time from when a message was captured until it was on the device, ns. */
    Histogram histogram() {
        return histogram;
    }

    /** A file of a recording could not be flushed. */
    void fail(final long recordingId) {
        failed.add(recordingId);
    }

    /** The directory that names the files could not be flushed. */
    void failDirectory() {
        isDirectoryFailed = true;
    }

    /**
     * Whether a flush of a recording has failed. The kernel says so once, and drops what it could not write: a later flush
     * that succeeds says nothing of it, so that nothing more of this recording counts as durable.
     */
    boolean hasFailed(final long recordingId) {
        return failed.contains(recordingId);
    }

    /** Whether a flush of the directory has failed, so that no new file is known to be there after a power cut. */
    boolean isDirectoryFailed() {
        return isDirectoryFailed;
    }

    /** Whether any flush has failed. */
    boolean hasAnyFailed() {
        return isDirectoryFailed || !failed.isEmpty();
    }
}
