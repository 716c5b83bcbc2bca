package io.tendon.store.vector;

import io.tendon.sessionlog.recording.TimeRange;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/** Says a filter as Lucene asks it of the fields of {@link ApproximateDescriptor}. Any thread. */
final class GraphFilter {
    private GraphFilter() {}

    /** The query that the same entries fit as {@link VectorFilter}; null when all do. */
    static @Nullable Query of(final VectorFilter filter) {
        if (filter.equals(VectorFilter.ALL)) {
            return null;
        }
        final BooleanQuery.Builder all = new BooleanQuery.Builder().add(new MatchAllDocsQuery(), Occur.FILTER);
        if (!filter.range().equals(TimeRange.ALL)) {
            all.add(sharingTimeWith(filter.range()), Occur.FILTER);
        }
        if (filter.kind() != null) {
            all.add(
                    IntPoint.newExactQuery(
                            ApproximateDescriptor.KIND, filter.kind().value()),
                    Occur.FILTER);
        }
        if (filter.label() != null) {
            all.add(new TermQuery(new Term(ApproximateDescriptor.LABEL, filter.label())), Occur.FILTER);
        }
        if (filter.excluded() != null) {
            all.add(sharingTimeWith(filter.excluded()), Occur.MUST_NOT);
        }
        return all.build();
    }

    private static Query sharingTimeWith(final TimeRange span) {
        final long lastFromNs = Math.max(span.toNs(), Long.MIN_VALUE + 1) - 1;
        final long firstEndNs = Math.min(span.fromNs(), Long.MAX_VALUE - 1) + 1;
        return new BooleanQuery.Builder()
                .add(LongPoint.newRangeQuery(ApproximateDescriptor.FROM, Long.MIN_VALUE, lastFromNs), Occur.FILTER)
                .add(LongPoint.newRangeQuery(ApproximateDescriptor.END, firstEndNs, Long.MAX_VALUE), Occur.FILTER)
                .build();
    }
}
