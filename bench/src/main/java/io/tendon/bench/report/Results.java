package io.tendon.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Everything that was measured in one run, and the bars. Immutable by convention.
 *
 * @param operations in one thread that are held to a bar.
 * @param otherOperations that are shown without a bar.
 * @param conversations between two processes, ours first, bare Aeron second; empty when not measured.
 * @param recordings onto the disk; empty when not measured.
 * @param leftOut what could not be measured here, and why.
 * @param lengths how long each was measured.
 * @param machine what it was measured on.
 */
public record Results(
        List<Operation> operations,
        List<Operation> otherOperations,
        List<Conversation> conversations,
        Recordings recordings,
        List<String> leftOut,
        String lengths,
        String machine) {
    private static final double OPERATION_RATIO = 1.2;
    private static final double RECORDING_RATIO = 0.8;

    /**
     * One line of what it is held to.
     *
     * @param line what.
     * @param bar at most or at least what.
     * @param value that was measured.
     * @param isKept whether it is.
     */
    public record Bar(String line, String bar, String value, boolean isKept) {}

    /** Every bar of what was measured. */
    public List<Bar> bars() {
        final List<Bar> bars = new ArrayList<>();
        for (final Operation operation : operations) {
            final double ratio = operation.ratio();
            bars.add(new Bar(
                    operation.name() + " over " + operation.floorName(),
                    "at most " + text(OPERATION_RATIO),
                    text(ratio),
                    ratio <= OPERATION_RATIO));
        }
        if (!conversations.isEmpty()) {
            final double oursNs = conversations.get(0).p50Ns();
            conversations.stream()
                    .filter(Conversation::isPeer)
                    .forEach(peer -> bars.add(new Bar(
                            "median round trip, below that of " + peer.label(),
                            "below " + micros(peer.p50Ns()),
                            micros(oursNs),
                            oursNs < peer.p50Ns())));
        }
        if (!recordings.isEmpty()) {
            final double ratio = recordings.ratio();
            bars.add(new Bar(
                    "recording over the bare archive's, until all is on the device",
                    "at least " + text(RECORDING_RATIO),
                    text(ratio),
                    ratio >= RECORDING_RATIO));
        }
        return bars;
    }

    /** Whether every bar is kept. */
    public boolean isGreen() {
        return bars().stream().allMatch(Bar::isKept);
    }

    static String text(final double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    static String micros(final double ns) {
        return String.format(Locale.ROOT, ns < 99_950 ? "%.2f us" : "%.0f us", ns / 1e3);
    }
}
