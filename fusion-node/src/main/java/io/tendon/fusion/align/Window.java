package io.tendon.fusion.align;

/**
 * The samples of one window, in the order of their capture times, and what is known about the missing ones. Reused: its
 * content is valid until the aligner is called again. Owned by fusion's one thread.
 */
public final class Window {
    private final WindowTiming timing;
    private final ArmSample[] samples;
    private int count;
    private long index;
    private long mask;
    private int lateSamples;
    private long fromPosition;
    private long toPosition;

    Window(final WindowTiming timing, final int jointCount) {
        this.timing = timing;
        samples = new ArmSample[capacity(timing)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = new ArmSample(jointCount);
        }
    }

    /** Samples that a window has room for: two a slot. */
    static int capacity(final WindowTiming timing) {
        return 2 * timing.slots();
    }

    /** Number of the window since the epoch. */
    public long index() {
        return index;
    }

    /** First capture time that belongs to it, ns since the epoch. */
    public long startNs() {
        return index * timing.windowNs();
    }

    /** First capture time behind it, ns since the epoch. */
    public long endNs() {
        return (index + 1) * timing.windowNs();
    }

    /** Bit i is set when a sample with a capture time in the i-th sample period of the window arrived in time. */
    public long completenessMask() {
        return mask;
    }

    /** Samples that were expected, 1 to 64. */
    public int expectedSamples() {
        return timing.slots();
    }

    /** Samples that arrived in time; up to twice the expected when two fall into one slot. */
    public int receivedSamples() {
        return count;
    }

    /** Samples of windows closed before, seen while this one was the next to close. */
    public int lateSamples() {
        return lateSamples;
    }

    /** End of the window minus the newest sample's capture time, ns; -1 when the window is empty. */
    public long newestSampleAgeNs() {
        return count == 0 ? -1 : endNs() - newest().captureTimeNs;
    }

    /**
     * A sample.
     *
     * @param i 0 (oldest) to {@link #receivedSamples()} - 1.
     * @return the sample; valid as long as the window is.
     */
    public ArmSample sample(final int i) {
        if (i < 0 || i >= count) {
            throw new IndexOutOfBoundsException(i);
        }
        return samples[i];
    }

    /** The sample with the latest capture time; only when {@link #receivedSamples()} is above 0. */
    public ArmSample newest() {
        return sample(count - 1);
    }

    /** Session of all samples; only when {@link #receivedSamples()} is above 0. */
    public int sessionId() {
        return sample(0).sessionId;
    }

    /** Lowest log position of the samples' frames; 0 when the window is empty. */
    public long fromPosition() {
        return fromPosition;
    }

    /** Highest log position behind the samples' frames; 0 when the window is empty. */
    public long toPosition() {
        return toPosition;
    }

    void open(final long windowIndex) {
        index = windowIndex;
        lateSamples = 0;
        clear();
    }

    void close(final int late) {
        lateSamples = late;
    }

    /** Forgets the samples; returns how many there were. */
    int clear() {
        final int forgotten = count;
        count = 0;
        mask = 0;
        fromPosition = 0;
        toPosition = 0;
        return forgotten;
    }

    Admission admit(final ArmSample sample) {
        for (int i = 0; i < count; i++) {
            if (samples[i].sequence == sample.sequence) {
                return Admission.DUPLICATE;
            }
        }
        if (count == samples.length) {
            return Admission.OVERFLOW;
        }
        final ArmSample free = samples[count];
        free.copyFrom(sample);
        int at = count;
        while (at > 0 && samples[at - 1].captureTimeNs > sample.captureTimeNs) {
            samples[at] = samples[at - 1];
            at--;
        }
        samples[at] = free;
        fromPosition = count == 0 ? sample.fromPosition : Math.min(fromPosition, sample.fromPosition);
        toPosition = Math.max(toPosition, sample.toPosition);
        mask |= 1L << ((sample.captureTimeNs - startNs()) / timing.samplePeriodNs());
        count++;
        return Admission.IN_TIME;
    }
}
