package io.tendon.bench.report;

import io.tendon.bench.chart.Unit;
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

    /** Every bar of what was measured. */
    public List<Bar> bars() {
        final List<Bar> bars = new ArrayList<>();
        for (final Operation operation : operations) {
            bars.add(Bar.atMost(
                    operation.name() + " over " + operation.floorName(),
                    Unit.RATIO,
                    operation.ratio(),
                    OPERATION_RATIO));
        }
        if (!conversations.isEmpty()) {
            final double oursNs = conversations.get(0).p50Ns();
            conversations.stream()
                    .filter(Conversation::isPeer)
                    .forEach(peer -> bars.add(Bar.below(
                            "median round trip, below that of " + peer.label(), Unit.NS, oursNs, peer.p50Ns())));
        }
        if (!recordings.isEmpty()) {
            bars.add(recordings.bar());
        }
        return bars;
    }

    /** Whether every bar is kept. */
    public boolean isGreen() {
        return Bars.areKept(bars());
    }

    static String micros(final double ns) {
        return String.format(Locale.ROOT, ns < 99_950 ? "%.2f us" : "%.0f us", ns / 1e3);
    }
}
