package io.tendon.training;

/**
 * How a model is made. Immutable.
 *
 * @param name of the model.
 * @param hidden size of the layers on either side of the narrow one.
 * @param code size of the narrow one.
 * @param epochs how often all rows are looked at, at least 1.
 * @param dropped share of the samples that are left out when each session is read a second time, 0 to 0.5.
 * @param margin of the threshold above the highest score, 1 to 10.
 * @param gapMargin the same behind a gap, {@code margin} to 10.
 * @param seed of the first weights, the order of the rows and the samples left out.
 */
record TrainingSettings(
        String name, int hidden, int code, int epochs, double dropped, double margin, double gapMargin, long seed) {}
