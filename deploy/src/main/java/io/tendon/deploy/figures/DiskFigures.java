package io.tendon.deploy.figures;

/**
 * Room for the recording.
 *
 * @param usedBytes by the session's recordings; -1 when it is not known.
 * @param freeBytes where sessions are kept, as the recorder saw it last; -1 when it is not known.
 */
public record DiskFigures(long usedBytes, long freeBytes) {
    /** Nothing is known. */
    public static final DiskFigures UNKNOWN = new DiskFigures(-1, -1);
}
