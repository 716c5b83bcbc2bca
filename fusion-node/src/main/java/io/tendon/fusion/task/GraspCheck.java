package io.tendon.fusion.task;

/**
 * Whether something is between the fingers: they stand at about the block's width, and press. Says so only when it has
 * been so for several windows in a row, and takes it back only likewise. One owner thread; allocates nothing.
 */
final class GraspCheck {
    /** Windows in a row that change the opinion. */
    static final int WINDOWS = 5;

    private final double blockSizeM;
    private final double toleranceM;
    private final double minForceN;
    private int agreeing;
    private boolean isHeld;

    /**
     * A check for a block.
     *
     * @param blockSizeM edge of the block, m.
     * @param minForceN least force that counts as pressing, N.
     */
    GraspCheck(final double blockSizeM, final double minForceN) {
        this.blockSizeM = blockSizeM;
        this.minForceN = minForceN;
        toleranceM = Math.max(0.003, 0.15 * blockSizeM);
    }

    /** Takes in one window's measurement. */
    void update(final double widthM, final double forceN) {
        final boolean looksHeld = Math.abs(widthM - blockSizeM) <= toleranceM && forceN >= minForceN;
        agreeing = looksHeld == isHeld ? 0 : agreeing + 1;
        if (agreeing >= WINDOWS) {
            isHeld = looksHeld;
            agreeing = 0;
        }
    }

    boolean isHeld() {
        return isHeld;
    }
}
