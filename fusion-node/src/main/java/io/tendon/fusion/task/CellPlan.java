package io.tendon.fusion.task;

/**
 * Everything the task needs to know about its cell, in joint positions: nothing is left to solve while the arm moves.
 * Immutable; fusion's one thread.
 */
public final class CellPlan {
    private final double[] home;
    private final Station pick;
    private final Station place;
    private final GripPlan grip;
    private final double angleErrorRad;

    /**
     * A plan.
     *
     * @param home where to begin and to pass between two picks, n, rad or m.
     * @param pick where the block is at first.
     * @param place where it goes first.
     * @param grip how to take it.
     * @param angleErrorRad how far from straight down the tool points at worst, rad.
     */
    public CellPlan(
            final double[] home,
            final Station pick,
            final Station place,
            final GripPlan grip,
            final double angleErrorRad) {
        this.home = home.clone();
        this.pick = pick;
        this.place = place;
        this.grip = grip;
        this.angleErrorRad = angleErrorRad;
    }

    /** Number of joints. */
    public int jointCount() {
        return home.length;
    }

    /** How far from straight down the tool points at worst, rad. */
    public double angleErrorRad() {
        return angleErrorRad;
    }

    /** Home position; the live array, not to be changed. */
    double[] home() {
        return home;
    }

    /** One of the places: 0 pick, 1 place. */
    Station station(final int index) {
        return index == 0 ? pick : place;
    }

    /** How the block is taken. */
    public GripPlan grip() {
        return grip;
    }
}
