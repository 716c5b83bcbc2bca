package io.tendon.store.history;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of one column in one row, as they were decoded: one, or one for each entry of a group. One owner thread. */
final class ColumnValues {
    private static final int INITIAL_CAPACITY = 8;

    private final ColumnType type;
    private long[] integers = {};
    private double[] numbers = {};
    private @Nullable Object[] objects = {};
    private boolean[] nulls = new boolean[INITIAL_CAPACITY];
    private int count;

    ColumnValues(final ColumnType type) {
        this.type = type;
        if (type.isIntegral()) {
            integers = new long[INITIAL_CAPACITY];
        } else if (type.isFloating()) {
            numbers = new double[INITIAL_CAPACITY];
        } else {
            objects = new Object[INITIAL_CAPACITY];
        }
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    void add(final long integer) {
        final int index = next();
        integers[index] = integer;
        nulls[index] = false;
    }

    void add(final double number) {
        final int index = next();
        numbers[index] = number;
        nulls[index] = false;
    }

    void add(final Object object) {
        final int index = next();
        objects[index] = object;
        nulls[index] = false;
    }

    void addNull() {
        nulls[next()] = true;
    }

    boolean isNull(final int index) {
        return index >= count || nulls[index];
    }

    long integer(final int index) {
        return integers[index];
    }

    double number(final int index) {
        return numbers[index];
    }

    @Nullable
    Object object(final int index) {
        return objects[index];
    }

    /** The value as an amount; NaN when it is null. */
    double amount(final int index) {
        if (isNull(index)) {
            return Double.NaN;
        }
        return type.isFloating() ? numbers[index] : integers[index];
    }

    private int next() {
        if (count == nulls.length) {
            final int capacity = 2 * count;
            nulls = Arrays.copyOf(nulls, capacity);
            if (type.isIntegral()) {
                integers = Arrays.copyOf(integers, capacity);
            } else if (type.isFloating()) {
                numbers = Arrays.copyOf(numbers, capacity);
            } else {
                objects = Arrays.copyOf(objects, capacity);
            }
        }
        return count++;
    }
}
