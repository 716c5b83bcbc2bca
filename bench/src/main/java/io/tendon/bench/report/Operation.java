package io.tendon.bench.report;

import io.tendon.certify.measure.Median;
import java.util.ArrayList;
import java.util.List;

/** One operation in one thread, beside its floor; one measurement of each a round. Main thread. */
public final class Operation {
    private final String name;
    private final String floorName;
    private final List<Round> rounds = new ArrayList<>();

    /**
     * Nothing is measured yet.
     *
     * @param name of the operation.
     * @param floorName what it is held against.
     */
    public Operation(final String name, final String floorName) {
        this.name = name;
        this.floorName = floorName;
    }

    /**
     * What one round came to. Immutable.
     *
     * @param oursNs average time of ours.
     * @param floorNs average time of the floor.
     */
    public record Round(double oursNs, double floorNs) {
        double ratio() {
            return oursNs / floorNs;
        }
    }

    /**
     * Adds a round.
     *
     * @param oursNs average time of ours.
     * @param floorNs average time of the floor.
     */
    public void add(final double oursNs, final double floorNs) {
        rounds.add(new Round(oursNs, floorNs));
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** What it is held against. */
    public String floorName() {
        return floorName;
    }

    /** Every round. */
    public List<Round> rounds() {
        return List.copyOf(rounds);
    }

    /** The median round's, ns. */
    public double oursNs() {
        return Median.of(rounds.stream().mapToDouble(Round::oursNs));
    }

    /** The median round's, ns. */
    public double floorNs() {
        return Median.of(rounds.stream().mapToDouble(Round::floorNs));
    }

    /** Ours over the floor within a round, the median round's. */
    public double ratio() {
        return Median.of(rounds.stream().mapToDouble(Round::ratio));
    }
}
