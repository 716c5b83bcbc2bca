package io.tendon.store.vector;

import java.nio.charset.StandardCharsets;

/**
 * Compares with every vector there is. Finds what is nearest, always; takes time by the length of the file. Any thread.
 */
final class ExactSearch {
    private ExactSearch() {}

    /**
     * Looks through some records of a file.
     *
     * @param file to look in.
     * @param fromRecord first.
     * @param query what for.
     * @param top gets the best.
     * @return records that were passed over because they are damaged.
     */
    static long search(final VectorFile file, final long fromRecord, final VectorQuery query, final TopMatches top) {
        final VectorFilter filter = query.filter();
        final String label = filter.label();
        final byte[] labelBytes = label == null ? null : label.getBytes(StandardCharsets.UTF_8);
        final float[] vector = new float[file.header().dimension()];
        try (VectorScan scan = file.scan(fromRecord, file.records())) {
            while (scan.next()) {
                if (filter.fits(scan.fromNs(), scan.toNs(), scan.kind()) && scan.hasLabel(labelBytes)) {
                    scan.vector(vector);
                    top.offer(scan.record(), UnitVector.dot(query.vector(), vector));
                }
            }
            return scan.damaged();
        }
    }
}
