package io.tendon.fusion.task;

/**
 * How the gripper takes the block.
 *
 * @param blockSizeM edge of the block, m, above 0 and below the opening.
 * @param openWidthM opening before and after, m.
 * @param closedWidthM opening asked for when closing, m: less than the block, so that the fingers press.
 * @param forceN most force to use, N, above 0.
 * @param travelS time the fingers need from open to closed, s.
 */
public record GripPlan(double blockSizeM, double openWidthM, double closedWidthM, double forceN, double travelS) {
    /** Checks the ranges. */
    public GripPlan {
        if (!(blockSizeM > 0 && closedWidthM >= 0 && closedWidthM < blockSizeM && openWidthM > blockSizeM)) {
            throw new IllegalArgumentException("grip: closedWidthM=" + closedWidthM + " blockSizeM=" + blockSizeM
                    + " openWidthM=" + openWidthM + ": must rise in this order");
        }
        if (!(forceN > 0) || !(travelS >= 0)) {
            throw new IllegalArgumentException(
                    "grip: forceN=" + forceN + " must be above 0, travelS=" + travelS + " must be at least 0");
        }
    }

    /** Least measured force that counts as holding, N. */
    double holdingForceN() {
        return 0.3 * forceN;
    }
}
