package io.tendon.control.hardware.sim;

import io.tendon.bus.config.Durations;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Something that goes wrong with the simulated arm for a while. Immutable; any thread.
 *
 * @param kind what.
 * @param onsetNs when it begins, ns since the arm was first powered, from 0.
 * @param durationNs how long it lasts, ns, above 0; {@link #FOR_GOOD} until the end.
 * @param joint that it happens to, from 0 at the base; -1 of a kind that is of no joint.
 * @param amount how large it is, in the kind's unit; NaN of a kind that has no size.
 */
public record SimulatedFault(FaultKind kind, long onsetNs, long durationNs, int joint, double amount) {
    /** Duration of what does not end. */
    public static final long FOR_GOOD = Long.MAX_VALUE;

    private static final int NO_JOINT = -1;
    private static final Pattern FORM =
            Pattern.compile("([a-z-]+)@([0-9.a-z]+)(?:\\+([0-9.a-z]+))?((?:,[a-z]+=[^,]+)*)");

    /** Refuses what cannot be simulated. */
    public SimulatedFault {
        if (onsetNs < 0 || durationNs <= 0) {
            throw new IllegalArgumentException(kind.word() + '@' + onsetNs + "ns+" + durationNs
                    + "ns: the onset must be from 0, the duration above 0; leave the duration out for good");
        }
        if (kind.isOfAJoint() != (joint >= 0)) {
            throw new IllegalArgumentException(kind.word()
                    + (kind.isOfAJoint() ? " needs a joint: add ,joint=0" : " is of no joint: leave it out"));
        }
        if (kind.hasAmount() && !(amount >= kind.leastAmount() && amount <= kind.mostAmount())) {
            throw new IllegalArgumentException(kind.word() + " amount=" + amount + ": must be " + kind.leastAmount()
                    + " to " + kind.mostAmount() + " (" + kind.unit() + ")");
        }
        if (!kind.hasAmount() && !Double.isNaN(amount)) {
            throw new IllegalArgumentException(kind.word() + " has no amount: leave it out");
        }
    }

    /**
     * Reads one, such as {@code collision@12s+500ms} or {@code friction@3s,joint=2,amount=0.2}.
     *
     * @param text kind, onset, duration (for good without), joint, amount (the kind's usual without).
     * @return the fault.
     * @throws IllegalArgumentException says what is wrong with it.
     */
    public static SimulatedFault parse(final String text) {
        final Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is not a fault; write KIND@ONSET[+DURATION][,joint=N][,amount=X], such as collision@12s+500ms");
        }
        final FaultKind kind = kind(matcher.group(1));
        int joint = NO_JOINT;
        double amount = kind.usualAmount();
        for (final String setting : matcher.group(4).split(",", -1)) {
            final int equals = setting.indexOf('=');
            final String name = equals == -1 ? "" : setting.substring(0, equals);
            switch (name) {
                case "" -> {}
                case "joint" -> joint = joint(text, setting.substring(equals + 1));
                case "amount" -> amount = number(text, setting.substring(equals + 1));
                default ->
                    throw new IllegalArgumentException(
                            "'" + text + "': there is no setting '" + name + "'; write joint or amount");
            }
        }
        final String duration = matcher.group(3);
        return new SimulatedFault(
                kind,
                Durations.parseNs(matcher.group(2)),
                duration == null ? FOR_GOOD : Durations.parseNs(duration),
                joint,
                amount);
    }

    private static FaultKind kind(final String word) {
        return Arrays.stream(FaultKind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no kind of fault; write one of "
                        + Arrays.stream(FaultKind.values()).map(FaultKind::word).collect(Collectors.joining(", "))));
    }

    private static int joint(final String text, final String number) {
        try {
            return Integer.parseUnsignedInt(number);
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "': joint is '" + number + "'; must be a whole number from 0, the joint at the base",
                    e);
        }
    }

    private static double number(final String text, final String number) {
        try {
            return Double.parseDouble(number);
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "': amount is '" + number + "'; must be a number, such as 0.2", e);
        }
    }

    /** Whether it is there at a time, ns since the arm was first powered. */
    boolean isActive(final long timeNs) {
        return timeNs >= onsetNs && timeNs - onsetNs < durationNs;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return kind.word()
                + '@'
                + Durations.format(onsetNs)
                + (durationNs == FOR_GOOD ? "" : '+' + Durations.format(durationNs))
                + (kind.isOfAJoint() ? ",joint=" + joint : "")
                + (kind.hasAmount() ? String.format(Locale.ROOT, ",amount=%s", amount) : "");
    }
}
