package io.tendon.persistence.replay;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How fast a session is replayed.
 *
 * @param factor recorded time per time that passes, {@value #MIN} to {@value #MAX}; infinite for as fast as it goes.
 */
public record ReplaySpeed(double factor) {
    /** Slowest. */
    public static final double MIN = 0.1;

    /** Fastest that is paced. */
    public static final double MAX = 1000;

    /** As recorded. */
    public static final ReplaySpeed AS_RECORDED = new ReplaySpeed(1);

    /** As fast as it goes. */
    public static final ReplaySpeed UNPACED = new ReplaySpeed(Double.POSITIVE_INFINITY);

    /** Checks the range. */
    public ReplaySpeed {
        if (!(factor >= MIN && (factor <= MAX || factor == Double.POSITIVE_INFINITY))) {
            throw new IllegalArgumentException("speed " + factor + ": must be " + MIN + " to " + MAX + ", or max");
        }
    }

    /** Whether messages are due at times at all. */
    public boolean isPaced() {
        return factor != Double.POSITIVE_INFINITY;
    }

    /** Twice as fast, within the range. */
    public ReplaySpeed faster() {
        return isPaced() ? new ReplaySpeed(Math.min(MAX, factor * 2)) : this;
    }

    /** Half as fast, within the range; as fast as it goes becomes as recorded. */
    public ReplaySpeed slower() {
        return isPaced() ? new ReplaySpeed(Math.max(MIN, factor / 2)) : AS_RECORDED;
    }

    /** For a person: {@code 0.5x}, {@code max}. */
    public String text() {
        return isPaced() ? String.format(Locale.ROOT, factor < 1 ? "%.2fx" : "%.1fx", factor) : "max";
    }

    /** For Picocli: {@code 0.5}, {@code 10x}, {@code max}. */
    public static final class Converter implements ITypeConverter<ReplaySpeed> {
        /** Called by Picocli. */
        public Converter() {}

        @Override
        public ReplaySpeed convert(final String text) {
            final String trimmed = text.trim().toLowerCase(Locale.ROOT);
            if ("max".equals(trimmed)) {
                return UNPACED;
            }
            try {
                return new ReplaySpeed(Double.parseDouble(
                        trimmed.endsWith("x") ? trimmed.substring(0, trimmed.length() - 1) : trimmed));
            } catch (final IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + text + "' must be a number from 0.1 to 1000, such as 2 for twice as fast, or max");
            }
        }
    }
}
