package io.tendon.bench.anomaly;

import java.util.Locale;
import java.util.SplittableRandom;

/** What is missing of an arm's samples. */
public enum Gaps {
    /** Nothing. */
    NONE,
    /** One sample in twenty is lost on its way; the arm is driven all the same. */
    DROPS,
    /** Once a second or so control stands still for 47 ms: nothing is measured, and the arm gets no command. */
    STALLS;

    private static final double DROPPED_SHARE = 0.05;
    private static final int STALL_MS = 47;
    private static final int STALL_EVERY_MS = 1_000;

    /** Decides, ms by ms, what is missing. One thread. */
    static final class Course {
        private final Gaps gaps;
        private final SplittableRandom random;
        private int stallLeftMs;

        Course(final Gaps gaps, final SplittableRandom random) {
            this.gaps = gaps;
            this.random = random;
        }

        /** Goes on by 1 ms. */
        void step() {
            if (stallLeftMs > 0) {
                stallLeftMs--;
            } else if (gaps == STALLS && random.nextInt(STALL_EVERY_MS) == 0) {
                stallLeftMs = STALL_MS;
            }
        }

        /** Whether control stands still. */
        boolean isStalled() {
            return stallLeftMs > 0;
        }

        /** Whether the sample that is made now gets lost. */
        boolean isDropped() {
            return gaps == DROPS && random.nextDouble() < DROPPED_SHARE;
        }
    }

    /** For a table. */
    String text() {
        return switch (this) {
            case NONE -> "every sample";
            case DROPS -> "5 % dropped";
            case STALLS -> STALL_MS + " ms stalls";
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
