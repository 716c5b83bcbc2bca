package io.tendon.store.vector;

import io.tendon.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The middle of all vectors that have one label. One owner thread. */
final class LabelMiddle {
    private final String model;
    private final float[] sum;

    private LabelMiddle(final String model, final int dimension) {
        this.model = model;
        this.sum = new float[dimension];
    }

    /**
     * Looks for it.
     *
     * @param sessions in which.
     * @param label exactly as it was said.
     * @param model in whose space; null when the label occurs in one alone.
     * @throws StoreException when no vector has the label, or those of several models.
     */
    static LabelMiddle find(final List<SessionVectors> sessions, final String label, final @Nullable String model) {
        final byte[] labelBytes = label.getBytes(StandardCharsets.UTF_8);
        final Map<String, LabelMiddle> byModel = new TreeMap<>();
        for (final SessionVectors session : sessions) {
            for (final SearchableVectors set : session.sets()) {
                if (model == null || model.equals(set.file().header().model())) {
                    add(set.file(), labelBytes, byModel);
                }
            }
        }
        if (byModel.size() > 1) {
            throw MomentSearch.severalModels("the label '" + label + "'", byModel.keySet());
        }
        return byModel.values().stream()
                .findFirst()
                .map(middle -> middle.requireDirection(label))
                .orElseThrow(() -> new StoreException("'" + label + "' is no time, no event and no label; "
                        + MomentSearch.labelsText(sessions)
                        + "; no text model is installed, so other words cannot be compared: give a time such as 12.5s,"
                        + " an event as dump shows it (STREAM:POSITION), or a label"));
    }

    private LabelMiddle requireDirection(final String label) {
        if (!UnitVector.normalise(sum)) {
            throw new StoreException(
                    "the label '" + label + "' stands for opposite vectors, whose middle is no direction; give a"
                            + " time such as 12.5s instead");
        }
        return this;
    }

    /** In whose space it lies. */
    String model() {
        return model;
    }

    /** The middle, of length 1. */
    float[] vector() {
        return sum;
    }

    private static void add(final VectorFile file, final byte[] label, final Map<String, LabelMiddle> byModel) {
        final int dimension = file.header().dimension();
        final float[] vector = new float[dimension];
        try (VectorScan scan = file.scan()) {
            while (scan.next()) {
                if (scan.hasLabel(label)) {
                    scan.vector(vector);
                    final LabelMiddle middle =
                            byModel.computeIfAbsent(file.header().model(), model -> new LabelMiddle(model, dimension));
                    // Those of another dimension are in no one's answer either.
                    for (int i = 0; dimension == middle.sum.length && i < dimension; i++) {
                        middle.sum[i] += vector[i];
                    }
                }
            }
        }
    }
}
