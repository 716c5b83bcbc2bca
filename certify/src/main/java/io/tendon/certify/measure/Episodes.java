package io.tendon.certify.measure;

/** Counts stretches of consecutive ticks that are later than a bound. One thread. */
final class Episodes {
    private final long boundNs;
    private long count;
    private boolean isWithin;

    Episodes(final long boundNs) {
        this.boundNs = boundNs;
    }

    void add(final long latenessNs) {
        final boolean isLate = latenessNs > boundNs;
        count += isLate && !isWithin ? 1 : 0;
        isWithin = isLate;
    }

    long count() {
        return count;
    }
}
