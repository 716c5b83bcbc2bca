package io.tendon.store.vector.window;

/** Mean, standard deviation and range of one quantity over a window, after Welford. One owner thread. */
final class Channel {
    private long count;
    private double mean;
    private double squares;
    private double least;
    private double greatest;

    Channel() {
        clear();
    }

    void clear() {
        count = 0;
        mean = 0;
        squares = 0;
        least = Double.POSITIVE_INFINITY;
        greatest = Double.NEGATIVE_INFINITY;
    }

    /** Takes in a sample; what is not finite is left out. */
    void add(final double amount) {
        if (!Double.isFinite(amount)) {
            return;
        }
        count++;
        final double difference = amount - mean;
        mean += difference / count;
        squares += difference * (amount - mean);
        least = Math.min(least, amount);
        greatest = Math.max(greatest, amount);
    }

    /** 0 without samples. */
    double mean() {
        return mean;
    }

    /** Of the samples themselves, not of what they were drawn from; 0 without samples. */
    double deviation() {
        return count == 0 ? 0 : Math.sqrt(squares / count);
    }

    /** Greatest minus least; 0 without samples. */
    double range() {
        return count == 0 ? 0 : greatest - least;
    }
}
