package io.tendon.bus.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations with their unit, such as {@code 250us}, {@code 1ms}, {@code 1.5s}, {@code 2min}, {@code 1h}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(ns|us|ms|s|min|h|d)");

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @param text number and unit.
     * @return ns.
     * @throws IllegalArgumentException when it is not of that form, or longer than 292 years.
     */
    public static long parseNs(final String text) {
        final Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is not a duration; write a number and one of ns, us, ms, s, min, h, d, such as 1ms");
        }
        final double number = Double.parseDouble(matcher.group(1));
        final double unitNs = switch (matcher.group(2)) {
            case "ns" -> 1;
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "min" -> 60e9;
            case "h" -> 3600e9;
            default -> 86_400e9;
        };
        if (number * unitNs >= Long.MAX_VALUE) {
            throw new IllegalArgumentException("'" + text + "' is longer than 292 years; write a shorter duration");
        }
        return Math.round(number * unitNs);
    }

    /** Writes a duration with the largest unit that keeps it whole. */
    public static String format(final long durationNs) {
        final long[] unitsNs = {
            86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L
        };
        final String[] names = {"d", "h", "min", "s", "ms", "us"};
        for (int i = 0; i < unitsNs.length; i++) {
            if (durationNs != 0 && durationNs % unitsNs[i] == 0) {
                return durationNs / unitsNs[i] + names[i];
            }
        }
        return durationNs + "ns";
    }

    /** For Picocli: a {@code long} option in ns, typed with its unit. */
    public static final class Converter implements ITypeConverter<Long> {
        /** Called by Picocli. */
        public Converter() {}

        @Override
        public Long convert(final String text) {
            try {
                return parseNs(text);
            } catch (final IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
