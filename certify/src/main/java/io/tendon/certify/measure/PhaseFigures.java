package io.tendon.certify.measure;

import java.util.List;

/**
 * What a stretch of a run came to. EXCESS is control's lateness at a tick less the witness's at the same tick, 0 where
 * control was the earlier one: what is left when that which the machine did to both is taken away. Immutable.
 *
 * @param ticks of the grid in the stretch.
 * @param unknown ticks at which control did not run at all, because its process was dead.
 * @param missed ticks of control that were missed, by cause.
 * @param witnessMissed ticks that the witness missed; what the machine alone takes from a real-time thread.
 * @param lateness of control, ns; a missed tick counts with the time until control could run.
 * @param witnessLateness of the witness, ns.
 * @param excess of control over the witness, ns, at the ticks that are known of both.
 * @param unexplained ticks over 1 ms late with EXCESS over 500 us.
 * @param lateEpisodes stretches of ticks more than 20 ms late, each counted once.
 * @param excessEpisodes the same by EXCESS.
 * @param curve for the picture: each 20 ms the worst of both.
 */
public record PhaseFigures(
        long ticks,
        long unknown,
        MissedTicks missed,
        long witnessMissed,
        Percentiles lateness,
        Percentiles witnessLateness,
        Percentiles excess,
        long unexplained,
        long lateEpisodes,
        long excessEpisodes,
        List<CurvePoint> curve) {

    /** Share of the witness's ticks from which a run says too little and is repeated. */
    public static final double WITNESS_MISSED_LIMIT = 0.02;

    /**
     * The worst of some ticks.
     *
     * @param timeS since the stretch began.
     * @param latenessNs of control.
     * @param witnessNs of the witness.
     */
    public record CurvePoint(double timeS, long latenessNs, long witnessNs) {}

    /** Whether the machine took so much of the core that the stretch is to be measured again. */
    public boolean isDisturbed() {
        return ticks > 0 && witnessMissed > WITNESS_MISSED_LIMIT * ticks;
    }

    /** Share of the known ticks that were more than 1 ms late without the machine's doing, 0 to 1. */
    public double unexplainedShare() {
        return ticks == unknown ? 0 : (double) unexplained / (ticks - unknown);
    }
}
