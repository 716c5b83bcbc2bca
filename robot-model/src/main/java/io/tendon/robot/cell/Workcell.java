package io.tendon.robot.cell;

/**
 * A table, a cube on it, and the two places between which it is carried. All in the robot's base frame, z up.
 *
 * @param tableHeightM height of the table's top.
 * @param blockSizeM edge of the cube, above 0.
 * @param blockMassKg mass of the cube, above 0.
 * @param pickPositionM centre of the cube when it rests where it is picked first.
 * @param placePositionM centre of the cube when it rests where it is placed first; at least one and a half edges away.
 * @param approachHeightM how far above the cube's centre the tool waits before it descends, above half an edge.
 * @param toolYawRad turn of the tool about the vertical when it grasps, from the base's x axis.
 */
public record Workcell(
        double tableHeightM,
        double blockSizeM,
        double blockMassKg,
        Point pickPositionM,
        Point placePositionM,
        double approachHeightM,
        double toolYawRad) {

    private static final double RESTING_TOLERANCE_M = 1e-6;

    /** Refuses a cell in which nothing can be carried. */
    public Workcell {
        check("tableHeightM", tableHeightM, Double.isFinite(tableHeightM), "must be finite");
        check("blockSizeM", blockSizeM, blockSizeM > 0 && blockSizeM <= 1, "must be above 0 and at most 1");
        check("blockMassKg", blockMassKg, blockMassKg > 0 && blockMassKg <= 100, "must be above 0 and at most 100");
        check(
                "approachHeightM",
                approachHeightM,
                approachHeightM > blockSizeM / 2 && approachHeightM <= 10,
                "must be above half of blockSizeM=" + blockSizeM + " and at most 10");
        check("toolYawRad", toolYawRad, Math.abs(toolYawRad) <= Math.PI, "must be within -pi and pi");
        final double restingM = tableHeightM + blockSizeM / 2;
        checkResting("pickPositionM", pickPositionM, restingM);
        checkResting("placePositionM", placePositionM, restingM);
        final double distanceM = pickPositionM.distanceM(placePositionM);
        check(
                "distance of pickPositionM and placePositionM",
                distanceM,
                distanceM >= 1.5 * blockSizeM,
                "must be at least 1.5 times blockSizeM=" + blockSizeM);
    }

    /**
     * Makes a cell from places on the table; the heights follow from the table and the block.
     *
     * @param tableHeightM height of the table's top.
     * @param blockSizeM edge of the cube.
     * @param blockMassKg mass of the cube.
     * @param pickXyM x and y of the first place, 2.
     * @param placeXyM x and y of the second place, 2.
     * @param approachHeightM see the record.
     * @param toolYawRad see the record.
     * @return the cell.
     */
    public static Workcell onTable(
            final double tableHeightM,
            final double blockSizeM,
            final double blockMassKg,
            final double[] pickXyM,
            final double[] placeXyM,
            final double approachHeightM,
            final double toolYawRad) {
        final double restingM = tableHeightM + blockSizeM / 2;
        return new Workcell(
                tableHeightM,
                blockSizeM,
                blockMassKg,
                new Point(pickXyM[0], pickXyM[1], restingM),
                new Point(placeXyM[0], placeXyM[1], restingM),
                approachHeightM,
                toolYawRad);
    }

    private static void checkResting(final String name, final Point point, final double restingM) {
        check(
                name + ".zM",
                point.zM(),
                Math.abs(point.zM() - restingM) <= RESTING_TOLERANCE_M,
                "must be tableHeightM plus half of blockSizeM, " + restingM);
    }

    private static void check(final String name, final double value, final boolean holds, final String rule) {
        if (!holds) {
            throw new IllegalArgumentException(name + "=" + value + ": " + rule);
        }
    }
}
