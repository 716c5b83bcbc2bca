package io.tendon.bench.report;

import io.tendon.bench.ipc.IpcFigures;
import io.tendon.certify.measure.Median;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** One way between two processes, over all rounds. Main thread. */
public final class Conversation {
    private final String label;
    private final boolean isPeer;
    private final List<IpcFigures> rounds = new ArrayList<>();

    /**
     * Nothing is measured yet.
     *
     * @param label for people.
     * @param isPeer whether it is what one would otherwise pick.
     */
    public Conversation(final String label, final boolean isPeer) {
        this.label = label;
        this.isPeer = isPeer;
    }

    /** Adds a round. */
    public void add(final IpcFigures figures) {
        rounds.add(figures);
    }

    /** Its name. */
    public String label() {
        return label;
    }

    /** Whether it is what one would otherwise pick. */
    public boolean isPeer() {
        return isPeer;
    }

    /** Every round. */
    public List<IpcFigures> rounds() {
        return List.copyOf(rounds);
    }

    /** One figure, the median round's. */
    public double median(final ToDoubleFunction<IpcFigures> figure) {
        return Median.of(rounds.stream().mapToDouble(figure));
    }

    /** Median round trip, ns, the median round's. */
    public double p50Ns() {
        return median(figures -> figures.roundTrip().p50Ns());
    }

    /** The longest round trip of all, ns. */
    public long maxNs() {
        return rounds.stream()
                .mapToLong(figures -> figures.roundTrip().maxNs())
                .max()
                .orElse(0);
    }

    /** All round trips of all rounds. */
    public Optional<Histogram> all() {
        Histogram sum = null;
        for (final IpcFigures figures : rounds) {
            if (figures.roundTripNs().isEmpty()) {
                return Optional.empty();
            }
            if (sum == null) {
                sum = figures.roundTripNs().get().copy();
            } else {
                sum.add(figures.roundTripNs().get());
            }
        }
        return Optional.ofNullable(sum);
    }
}
