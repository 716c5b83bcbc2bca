package io.tendon.fusion.align;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Samples as a source with every fault sends them, in the order of their arrival. Seeded. */
final class SampleSource {
    private final Random random;
    private final WindowTiming timing;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final double dropShare;
    private final double delayShare;
    private final double repeatShare;
    private final double jitterShare;
    private final double restartShare;
    private final double farShare;
    private final long maxDelayNs;
    private long position;

    SampleSource(final Random random, final WindowTiming timing) {
        this.random = random;
        this.timing = timing;
        dropShare = sometimes(0.3);
        delayShare = sometimes(0.2);
        repeatShare = sometimes(0.2);
        jitterShare = sometimes(1.5);
        restartShare = sometimes(0.02);
        farShare = sometimes(0.01);
        maxDelayNs = timing.windowNs() * (1 + random.nextInt(6));
    }

    /**
     * A sample and when it comes.
     *
     * @param timeNs ns since the epoch.
     * @param sample that comes.
     */
    record Arrival(long timeNs, ArmSample sample) {}

    /** Samples of so many windows from a time on. */
    List<Arrival> send(final long startNs, final int windows) {
        int sessionId = random.nextInt();
        long sequence = 0;
        final long endNs = startNs + windows * timing.windowNs();
        for (long dueNs = startNs; dueNs < endNs; dueNs += timing.samplePeriodNs()) {
            if (hits(restartShare)) {
                final long silenceNs = (long) (random.nextDouble() * 3 * timing.windowNs());
                if (random.nextBoolean()) {
                    dueNs += silenceNs;
                }
                sessionId = random.nextInt();
                sequence = 0;
            }
            final ArmSample sample = sample(sessionId, sequence++, dueNs);
            if (hits(dropShare)) {
                continue;
            }
            arrive(sample, dueNs + random.nextInt(1_000_000));
        }
        arrivals.sort(Comparator.comparingLong(Arrival::timeNs));
        return arrivals;
    }

    private ArmSample sample(final int sessionId, final long sequence, final long dueNs) {
        final ArmSample sample = new ArmSample(1);
        sample.sessionId = sessionId;
        sample.sequence = sequence;
        sample.captureTimeNs = dueNs + (long) ((random.nextDouble() * 2 - 1) * jitterShare * timing.samplePeriodNs());
        if (hits(farShare)) {
            sample.captureTimeNs += (random.nextInt(100) - 50) * timing.windowNs();
        }
        sample.fromPosition = position;
        position += 32L * (1 + random.nextInt(20));
        sample.toPosition = position;
        sample.positions[0] = random.nextDouble();
        return sample;
    }

    private void arrive(final ArmSample sample, final long punctualNs) {
        final long timeNs = punctualNs + (hits(delayShare) ? (long) (random.nextDouble() * maxDelayNs) : 0);
        arrivals.add(new Arrival(timeNs, sample));
        if (hits(repeatShare)) {
            arrivals.add(new Arrival(timeNs + (long) (random.nextDouble() * maxDelayNs), sample));
        }
    }

    private boolean hits(final double share) {
        return random.nextDouble() < share;
    }

    /** Often none at all, so that each fault is also met without the others. */
    private double sometimes(final double most) {
        return random.nextInt(3) == 0 ? 0 : random.nextDouble() * most;
    }
}
