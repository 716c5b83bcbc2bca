package io.tendon.store.vector;

import io.tendon.schemas.EmbeddingKind;
import io.tendon.sessionlog.recording.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Which vectors come into question.
 *
 * @param range of time with which they must share something.
 * @param label that they must have; null for any.
 * @param kind that they must be of; null for any.
 * @param excluded span of time with which they must share nothing; null for none.
 */
public record VectorFilter(
        TimeRange range,
        @Nullable String label,
        @Nullable EmbeddingKind kind,
        @Nullable TimeRange excluded) {
    /** All of them. */
    public static final VectorFilter ALL = new VectorFilter(TimeRange.ALL, null, null, null);

    /** The same without what shares time with a span. */
    public VectorFilter excluding(final TimeRange span) {
        return new VectorFilter(range, label, kind, span);
    }

    /** Whether all but the label fits. */
    boolean fits(final long fromNs, final long toNs, final int kindValue) {
        final long endNs = VectorEntry.endNs(fromNs, toNs);
        return overlaps(range, fromNs, endNs)
                && (kind == null || kind.value() == kindValue)
                && (excluded == null || !overlaps(excluded, fromNs, endNs));
    }

    private static boolean overlaps(final TimeRange span, final long fromNs, final long endNs) {
        return fromNs < span.toNs() && endNs > span.fromNs();
    }
}
