package io.tendon.deploy.figures;

/**
 * Room for the recording.
 *
 * @param usedBytes by the session's recordings; -1 when it is not known.
 * @param freeBytes where sessions are kept, as the recorder saw it last; -1 when it is not known.
 * @param indexLagBytes of the recording that are not in its indices yet; -1 when it is not known.
 * @param indexLagMs age of the oldest recorded message that is not in the indices yet; -1 when it is not known.
 */
public record DiskFigures(long usedBytes, long freeBytes, long indexLagBytes, long indexLagMs) {
    /** Nothing is known. */
    public static final DiskFigures UNKNOWN = new DiskFigures(-1, -1, -1, -1);
}
