package io.tendon.certify.measure;

import java.util.Arrays;
import java.util.List;

/**
 * What publishing one state message costs beside Aeron's bare tryClaim in the same run, the same bytes copied. Immutable.
 *
 * @param pairs each measured in a process of its own, without a recorder, as bare Aeron has none either.
 * @param recorded measured beside a recorder that writes, one after another in one process.
 * @param stalled measured in the same process while a write of the recorder was blocked.
 */
public record PublishCost(List<Pair> pairs, List<Pair> recorded, List<Pair> stalled) {
    /**
     * One stretch of ticks, in each of which all three were done once, in turning order.
     *
     * @param oursP50Ns median of ours.
     * @param oursP99Ns 99th percentile of ours.
     * @param rawP50Ns median of bare Aeron.
     * @param rawP99Ns 99th percentile of bare Aeron.
     * @param againP50Ns median of bare Aeron on a second stream: what two equal things differ by here.
     * @param againP99Ns 99th percentile of that.
     */
    public record Pair(long oursP50Ns, long oursP99Ns, long rawP50Ns, long rawP99Ns, long againP50Ns, long againP99Ns) {
        /** Our median over that of bare Aeron, its two streams' mean. */
        public double ratioP50() {
            return 2.0 * oursP50Ns / (rawP50Ns + againP50Ns);
        }

        /** Our 99th percentile over that of bare Aeron, its two streams' mean. */
        public double ratioP99() {
            return 2.0 * oursP99Ns / (rawP99Ns + againP99Ns);
        }

        /** For the pipe between the processes. */
        String line() {
            return oursP50Ns + " " + oursP99Ns + ' ' + rawP50Ns + ' ' + rawP99Ns + ' ' + againP50Ns + ' ' + againP99Ns;
        }

        /** What {@link #line} printed. */
        public static Pair ofLine(final String line) {
            final long[] values = Arrays.stream(line.trim().split(" ", -1))
                    .mapToLong(Long::parseLong)
                    .toArray();
            return new Pair(values[0], values[1], values[2], values[3], values[4], values[5]);
        }
    }

    /** Median of ours over bare Aeron's, the median pair's. */
    public double ratioP50() {
        return Median.of(pairs.stream().mapToDouble(Pair::ratioP50));
    }

    /** 99th percentile of ours over bare Aeron's, the median pair's. */
    public double ratioP99() {
        return Median.of(pairs.stream().mapToDouble(Pair::ratioP99));
    }

    /** 99th percentile of bare Aeron's second stream over its first, the median pair's: what equal things differ by. */
    public double ratioAgainP99() {
        return Median.of(pairs.stream().mapToDouble(pair -> (double) pair.againP99Ns() / pair.rawP99Ns()));
    }

    /** Our median while the recorder was blocked over our median while it wrote. */
    public double ratioStalled() {
        return Median.of(stalled.stream().mapToDouble(Pair::oursP50Ns)) / recordedP50Ns();
    }

    /** Our median, ns, beside a recorder that writes. */
    private double recordedP50Ns() {
        return Median.of(recorded.stream().mapToDouble(Pair::oursP50Ns));
    }
}
