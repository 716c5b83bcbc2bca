package io.tendon.certify.certificate;

import io.tendon.certify.measure.Losses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Holds what was measured to the bars. They are counts and ratios within one run, so that they mean the same on a quick
 * and on a slow machine, on a quiet and on a busy one. A line whose measurement was not run is left out, and named.
 *
 * @param lines that were judged.
 * @param leftOut lines that were not judged and faults that were not done, each with the reason.
 */
public record Verdict(List<VerdictLine> lines, List<String> leftOut) {
    /** Episodes that the shared-pool design has at least, of one stall a second. */
    static final double EPISODES_PER_STALL = 0.8;

    private static final String SHORT = ": not measured in this run";
    private static final double MISSED_RATIO = 0.25;
    private static final double UNEXPLAINED_SHARE = 0.005;
    private static final double EXCESS_RATIO = 3;
    private static final double EXCESS_FLOOR_NS = 300_000;
    private static final double PUBLISH_P50_RATIO = 1.2;
    private static final double PUBLISH_P99_RATIO = 1.5;
    private static final double PUBLISH_STALLED_RATIO = 1.5;

    /** Whether every line that was judged is kept. */
    public boolean isGreen() {
        return lines.stream().allMatch(VerdictLine::isKept);
    }

    /**
     * Judges.
     *
     * @param certificate that was measured.
     * @return the verdict.
     */
    public static Verdict of(final Certificate certificate) {
        final Judge judge = new Judge();
        judge.losses(certificate);
        judge.promises(certificate);
        judge.tethered(certificate);
        judge.episodes(certificate);
        judge.missed(certificate);
        judge.punctuality(certificate);
        judge.allocation(certificate);
        judge.publishing(certificate);
        judge.witness(certificate);
        judge.leftOut.addAll(certificate.notRun());
        return new Verdict(List.copyOf(judge.lines), List.copyOf(judge.leftOut));
    }

    private static final class Judge {
        private final List<VerdictLine> lines = new ArrayList<>();
        private final List<String> leftOut = new ArrayList<>();

        void losses(final Certificate certificate) {
            final List<MeasuredPhase> phases = certificate.phases(PlannedFault.Role.LOSES_NOTHING);
            final long refused =
                    phases.stream().mapToLong(phase -> phase.losses().refused()).sum();
            final long gaps = phases.stream()
                    .mapToLong(phase -> phase.losses().fusionMissed())
                    .sum();
            add(
                    "messages refused to control, and messages of control that fusion missed, under " + names(phases),
                    "0 and 0",
                    refused + " and " + gaps,
                    refused == 0 && gaps == 0 && !phases.isEmpty());
        }

        void promises(final Certificate certificate) {
            final List<String> broken = certificate.faultPhases().stream()
                    .flatMap(phase -> phase.broken().stream().map(text -> phase.name() + ": " + text))
                    .toList();
            add(
                    "promises that come with each fault and were broken: what may be lost, who may die, recovery in time, and that the fault took effect",
                    "0",
                    broken.isEmpty() ? "0" : broken.size() + " (" + String.join("; ", broken) + ")",
                    broken.isEmpty());
        }

        void tethered(final Certificate certificate) {
            final String line =
                    "what it must find: the same robot with a recorder that may hold control up (tethered, logs of 64 KiB), stopped:"
                            + " messages refused to control";
            final Optional<Losses> tethered = certificate.tethered();
            if (tethered.isEmpty()) {
                leftOut.add(line + SHORT);
                return;
            }
            final long refused = tethered.get().refused();
            add(line, "above 0: it has to fail", Long.toString(refused), refused > 0);
        }

        void episodes(final Certificate certificate) {
            final StoryBaseline story = certificate.story();
            final long needed = Math.max(1, (long) Math.floor(EPISODES_PER_STALL * story.stalls()));
            final long storyEpisodes = story.stalled().lateEpisodes();
            add(
                    "the shared-pool design: times that control was more than 20 ms late, in " + story.stalls()
                            + " stalls of " + certificate.stallMs() + " ms",
                    "at least " + needed,
                    Long.toString(storyEpisodes),
                    story.stalls() > 0 && storyEpisodes >= needed);
            final MeasuredPhase stall = certificate.stall();
            add(
                    "Tendon under the same stalls: times that control was more than 20 ms later than the witness",
                    "0",
                    Long.toString(stall.figures().excessEpisodes()),
                    stall.figures().excessEpisodes() == 0);
        }

        void missed(final Certificate certificate) {
            final StoryBaseline story = certificate.story();
            final MeasuredPhase stall = certificate.stall();
            final double perSecond = stall.figures().missed().all() / stall.durationS();
            final double storyPerSecond = story.stalled().missed().all() / story.stalledS();
            final double ratio = storyPerSecond == 0 ? Double.POSITIVE_INFINITY : perSecond / storyPerSecond;
            add(
                    "missed cycles per second while storage stalls: Tendon's over the shared-pool design's",
                    "at most " + MISSED_RATIO,
                    String.format(Locale.ROOT, "%.3f (%.1f/s over %.1f/s)", ratio, perSecond, storyPerSecond),
                    ratio <= MISSED_RATIO);
        }

        void punctuality(final Certificate certificate) {
            final List<MeasuredPhase> phases = certificate.phases(PlannedFault.Role.PUNCTUAL);
            // Control lives in all of these: where it was not seen, nothing is known of it.
            final long unseen = phases.stream()
                    .mapToLong(phase -> phase.figures().unknown())
                    .sum();
            final MeasuredPhase latest = worst(phases, phase -> phase.figures().unexplainedShare());
            add(
                    "share of cycles more than 1 ms late with EXCESS over 500 us, in the worst fault that leaves control and driver alive",
                    "at most 0.5 %",
                    String.format(
                            Locale.ROOT,
                            "%.3f %% (%s)%s",
                            latest.figures().unexplainedShare() * 100,
                            latest.name(),
                            unseen == 0 ? "" : ", and " + unseen + " cycles of which nothing is known"),
                    unseen == 0 && latest.figures().unexplainedShare() <= UNEXPLAINED_SHARE);
            final double undisturbedNs =
                    (double) certificate.undisturbed().figures().excess().p999();
            final double floorNs = Math.max(EXCESS_FLOOR_NS, undisturbedNs);
            final MeasuredPhase worst =
                    worst(phases, phase -> (double) phase.figures().excess().p999());
            final double ratio = worst.figures().excess().p999() / floorNs;
            add(
                    "99.9th percentile of EXCESS in the worst such fault, over that without a fault or 300 us, whichever is more",
                    "at most " + (int) EXCESS_RATIO,
                    String.format(
                            Locale.ROOT,
                            "%.2f (%s, %.0f us over %.0f us)",
                            ratio,
                            worst.name(),
                            worst.figures().excess().p999() / 1e3,
                            floorNs / 1e3),
                    ratio <= EXCESS_RATIO);
        }

        void allocation(final Certificate certificate) {
            final String line = "bytes that control's loop allocates in 10,000 warm cycles";
            if (certificate.allocation().isEmpty()) {
                leftOut.add(line + SHORT);
                return;
            }
            final var allocation = certificate.allocation().get();
            add(
                    line,
                    "those of an empty measurement",
                    allocation.loopBytes() + " (empty " + allocation.emptyBytes() + ", round " + allocation.rounds()
                            + ")",
                    allocation.isEqual());
        }

        void publishing(final Certificate certificate) {
            final String p50 =
                    "publishing a state message over bare Aeron's tryClaim with the same bytes: ratio of the medians, the median of nine processes";
            final String p99 = "the same, ratio of the 99th percentiles";
            final String stalled =
                    "publishing while a write of the recorder is blocked over publishing while it writes, median";
            if (certificate.publishing().isEmpty()) {
                List.of(p50, p99, stalled).forEach(line -> leftOut.add(line + SHORT));
                return;
            }
            final var cost = certificate.publishing().get();
            ratio(p50, PUBLISH_P50_RATIO, cost.ratioP50());
            ratio(p99, Math.max(PUBLISH_P99_RATIO, cost.ratioAgainP99()), cost.ratioP99());
            ratio(stalled, PUBLISH_STALLED_RATIO, cost.ratioStalled());
        }

        void witness(final Certificate certificate) {
            add(
                    "the witness at its priority and on control's core, where nothing of the robot can hold it",
                    "yes",
                    certificate.witnessCheck().hasRights() ? "yes" : "no: see the machine's table for the right",
                    certificate.witnessCheck().hasRights());
            final List<String> disturbed = certificate.robotPhases().stream()
                    .filter(phase -> phase.figures().isDisturbed())
                    .map(MeasuredPhase::name)
                    .toList();
            add(
                    "stretches in which the witness itself missed more than 2 %, after all attempts",
                    "0",
                    disturbed.isEmpty() ? "0" : disturbed.size() + " (" + String.join(", ", disturbed) + ")",
                    disturbed.isEmpty());
        }

        private void ratio(final String line, final double bar, final double value) {
            add(
                    line,
                    String.format(Locale.ROOT, "at most %.2f", bar),
                    String.format(Locale.ROOT, "%.2f", value),
                    value <= bar);
        }

        private void add(final String line, final String bar, final String value, final boolean isKept) {
            lines.add(new VerdictLine(line, bar, value, isKept));
        }

        private static MeasuredPhase worst(final List<MeasuredPhase> phases, final ToDoubleFunction<MeasuredPhase> by) {
            return phases.stream()
                    .max(Comparator.comparingDouble(by))
                    .orElseThrow(() -> new IllegalStateException("nothing was measured"));
        }

        private static String names(final List<MeasuredPhase> phases) {
            return String.join(", ", phases.stream().map(MeasuredPhase::name).toList());
        }
    }
}
