package io.tendon.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One operation in one thread, beside its floor; one measurement of each a round. Main thread.
 */
public final class Operation {
    private final String name;
    private final String floorName;
    private final List<Double> oursNs = new ArrayList<>();
    private final List<Double> floorNs = new ArrayList<>();

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
     * Adds a round.
     *
     * @param ours average time, ns.
     * @param floor the floor's.
     */
    public void add(final double ours, final double floor) {
        oursNs.add(ours);
        floorNs.add(floor);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** What it is held against. */
    public String floorName() {
        return floorName;
    }

    /** The median round's, ns. */
    public double oursNs() {
        return Rounds.median(oursNs.stream().mapToDouble(Double::doubleValue));
    }

    /** The median round's, ns. */
    public double floorNs() {
        return Rounds.median(floorNs.stream().mapToDouble(Double::doubleValue));
    }

    /** Ours over the floor within a round, the median round's. */
    public double ratio() {
        return Rounds.median(IntStream.range(0, oursNs.size()).mapToDouble(i -> oursNs.get(i) / floorNs.get(i)));
    }
}
