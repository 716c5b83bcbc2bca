package io.tendon.bus.counter;

import io.tendon.bus.RealTime;
import io.tendon.schemas.AnomalyKind;
import java.util.Locale;
import java.util.Optional;

/**
 * What the latest anomaly was, as it stands in {@link BusCounter#LAST_ANOMALY}: all in one number, so that nobody reads half
 * of one and half of another.
 *
 * <pre>
 *   bits 0-7     8-15       16-63
 *   kind         joint + 1  times, in thousandths
 * </pre>
 *
 * <p>Immutable; any thread.
 *
 * @param kind in what way something does not fit.
 * @param joint from 0, -1 when it is of no joint.
 * @param times how many times what is allowed, to three decimals, at most 2^37.
 */
public record LastAnomaly(AnomalyKind kind, int joint, double times) {
    private static final int JOINT_SHIFT = 8;
    private static final int TIMES_SHIFT = 16;
    private static final int BYTE = 0xFF;
    private static final double PER_ONE = 1e3;
    private static final double MOST_TIMES = 1L << 37;

    /**
     * The counter's value.
     *
     * @param kind in what way something does not fit.
     * @param joint from 0 to 254, -1 when it is of no joint.
     * @param times how many times what is allowed, from 0.
     * @return above 0.
     */
    @RealTime
    public static long code(final AnomalyKind kind, final int joint, final double times) {
        return kind.value()
                | (long) (joint + 1 & BYTE) << JOINT_SHIFT
                | Math.round(Math.min(Math.max(0, times), MOST_TIMES) * PER_ONE) << TIMES_SHIFT;
    }

    /**
     * Reads a counter's value.
     *
     * @param code value of the counter; 0 before the first anomaly.
     * @return the anomaly; empty before the first.
     */
    public static Optional<LastAnomaly> of(final long code) {
        return code == 0
                ? Optional.empty()
                : Optional.of(new LastAnomaly(
                        AnomalyKind.get((short) (code & BYTE)),
                        (int) (code >>> JOINT_SHIFT & BYTE) - 1,
                        (code >>> TIMES_SHIFT) / PER_ONE));
    }

    /** For a person: {@code encoder of joint 2, 3.4 times allowed}. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "%s%s, %.1f times allowed",
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                joint < 0 ? "" : " of joint " + joint,
                times);
    }
}
