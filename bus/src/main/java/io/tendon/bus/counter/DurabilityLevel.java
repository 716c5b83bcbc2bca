package io.tendon.bus.counter;

import java.util.Arrays;
import java.util.Locale;

/** When the recorder brings what it has written to the device. Immutable; any thread. */
public enum DurabilityLevel {
    /** At the end of the session alone: a power cut loses what the kernel had not written by itself. */
    NONE,
    /** All recordings at regular times, on a thread of its own: a power cut loses at most that much. */
    PERIODIC,
    /** Each block before it counts as recorded, on the recorder's own thread. */
    EACH_BLOCK;

    /** As a person types it, such as {@code each-block}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Value of {@link BusCounter#DURABILITY_LEVEL}; 0 there stands for a recorder that has not said. */
    // The order is fixed: each reader of the counter is of the same release.
    @SuppressWarnings("EnumOrdinal")
    public int code() {
        return ordinal() + 1;
    }

    /**
     * The level as a person reads it from its counter.
     *
     * @param code of a level, or 0.
     * @return its text; {@code unknown} when no recorder has said.
     */
    public static String textOf(final long code) {
        return Arrays.stream(values())
                .filter(level -> level.code() == code)
                .map(DurabilityLevel::toString)
                .findFirst()
                .orElse("unknown");
    }
}
