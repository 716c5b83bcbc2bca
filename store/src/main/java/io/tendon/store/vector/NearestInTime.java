package io.tendon.store.vector;

import io.tendon.schemas.EmbeddingKind;
import io.tendon.store.StoreException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The vector that stands for a moment best: the one in the middle of whose span it lies most.
 *
 * @param model in whose space it lies.
 * @param entry what it stands for.
 * @param set that holds it.
 * @param record its number there.
 */
record NearestInTime(String model, VectorEntry entry, SearchableVectors set, long record) {
    /** A vector without a span, or with a short one, may stand for a moment that is so near to it. */
    private static final long REACH_NS = 1_000_000_000L;

    /**
     * Looks for it.
     *
     * @param session in which.
     * @param timeNs of the moment, ns since the epoch.
     * @param model in whose space; null when only one has a vector there.
     * @param kind of the vector.
     * @throws StoreException when there is none near to the moment, or of several models.
     */
    static NearestInTime find(
            final SessionVectors session, final long timeNs, final @Nullable String model, final EmbeddingKind kind) {
        final Map<String, NearestInTime> byModel = new TreeMap<>();
        for (final SearchableVectors set : session.sets()) {
            final String name = set.file().header().model();
            final NearestInTime nearest = model == null || model.equals(name) ? inFile(set, timeNs, kind) : null;
            if (nearest != null && isNear(nearest.entry(), timeNs)) {
                byModel.merge(
                        name,
                        nearest,
                        (a, b) -> distanceNs(a.entry(), timeNs) <= distanceNs(b.entry(), timeNs) ? a : b);
            }
        }
        if (byModel.size() > 1) {
            throw MomentSearch.severalModels("that moment", byModel.keySet());
        }
        return byModel.values().stream().findFirst().orElseThrow(() -> missing(session, model, kind));
    }

    /** The vector itself. */
    float[] vector() {
        return set.file()
                .vector(record)
                .orElseThrow(() -> new StoreException(set.file().path() + ": record " + record
                        + " is damaged; delete the file, it can be made again"));
    }

    private static @Nullable NearestInTime inFile(
            final SearchableVectors set, final long timeNs, final EmbeddingKind kind) {
        NearestInTime nearest = null;
        long leastNs = Long.MAX_VALUE;
        try (VectorScan scan = set.file().scan()) {
            while (scan.next()) {
                final long distanceNs = distanceNs(scan.fromNs(), scan.toNs(), timeNs);
                if (scan.kind() == kind.value() && distanceNs < leastNs) {
                    leastNs = distanceNs;
                    nearest = new NearestInTime(set.file().header().model(), scan.entry(), set, scan.record());
                }
            }
        }
        return nearest;
    }

    private static boolean isNear(final VectorEntry entry, final long timeNs) {
        final long reachNs = Math.max(REACH_NS, entry.toNs() - entry.fromNs());
        return timeNs >= entry.fromNs() - reachNs && timeNs <= entry.toNs() + reachNs;
    }

    private static long distanceNs(final VectorEntry entry, final long timeNs) {
        return distanceNs(entry.fromNs(), entry.toNs(), timeNs);
    }

    private static long distanceNs(final long fromNs, final long toNs, final long timeNs) {
        return Math.abs(fromNs + (toNs - fromNs) / 2 - timeNs);
    }

    private static StoreException missing(
            final SessionVectors session, final @Nullable String model, final EmbeddingKind kind) {
        return new StoreException("session " + session.session() + " has no " + kind + " vector "
                + (model == null ? "" : "of model " + model + " ")
                + "near that moment; `persistence-node embed --session "
                + session.session()
                + "` makes them of windows of sensor data, up to the end that the session has then");
    }
}
