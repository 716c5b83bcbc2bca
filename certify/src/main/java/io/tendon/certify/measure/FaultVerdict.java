package io.tendon.certify.measure;

import io.tendon.certify.fault.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a robot kept what it had promised for a fault. Immutable.
 *
 * @param kept rules that were kept, in words.
 * @param broken rules that were not, in words with the figure.
 */
public record FaultVerdict(List<String> kept, List<String> broken) {
    /** Copies the lists. */
    public FaultVerdict {
        kept = List.copyOf(kept);
        broken = List.copyOf(broken);
    }

    /**
     * What was found of a robot, from the beginning of a fault until the end of the phase after it.
     *
     * @param losses counted in that time.
     * @param deaths processes that died beside the one that was killed, in words.
     * @param recoveryNs from the fault's end, or the kill, until all worked again; negative when they never did.
     * @param hasTakenEffect whether the fault did what it is for.
     */
    public record Findings(Losses losses, List<String> deaths, long recoveryNs, boolean hasTakenEffect) {}

    /**
     * Judges.
     *
     * @param rules of the fault.
     * @param findings of the robot.
     * @return the verdict; a fault that did not come about proves nothing, so that it is broken, too.
     */
    public static FaultVerdict of(final Set<Rule> rules, final Findings findings) {
        final List<String> kept = new ArrayList<>();
        final List<String> broken = new ArrayList<>();
        for (final Rule rule : rules) {
            final String breach = breach(rule, findings);
            if (breach.isEmpty()) {
                kept.add(rule.promise());
            } else {
                broken.add(breach);
            }
        }
        if (!findings.hasTakenEffect()) {
            broken.add("the fault did not come about; it has to last longer");
        }
        return new FaultVerdict(kept, broken);
    }

    /** Whether all was kept. */
    public boolean isHeld() {
        return broken.isEmpty();
    }

    private static String breach(final Rule rule, final Findings findings) {
        final Losses losses = findings.losses();
        return switch (rule) {
            case CONTROL_REFUSED_NOTHING -> counted(losses.refused(), "messages of control were refused");
            case FUSION_MISSED_NOTHING -> counted(losses.fusionMissed(), "messages of control did not reach fusion");
            case RECORDER_MISSED_NOTHING -> counted(losses.recorderMissed(), "messages did not reach the recorder");
            case NOBODY_ELSE_DIED ->
                findings.deaths().isEmpty() ? "" : "died besides: " + String.join(", ", findings.deaths());
            case RECOVERED -> findings.recoveryNs() >= 0 ? "" : "not all nodes work again";
        };
    }

    private static String counted(final long count, final String what) {
        return count == 0 ? "" : String.format(Locale.ROOT, "%d %s", count, what);
    }
}
