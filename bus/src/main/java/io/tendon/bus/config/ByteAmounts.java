package io.tendon.bus.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Amounts of bytes as people type them: {@code 512MiB}, {@code 50GB}. Stateless; any thread. */
public final class ByteAmounts {
    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([kMGT]i?)?B?");
    private static final String PREFIXES = "kMGT";

    private ByteAmounts() {}

    /**
     * Reads an amount.
     *
     * @param text number and unit: B, kB, MB, GB, TB, or KiB, MiB, GiB, TiB.
     * @return bytes.
     * @throws IllegalArgumentException when it is not of that form, or more than 8 EiB.
     */
    public static long parse(final String text) {
        final Matcher matcher = FORM.matcher(text.trim().replace("Ki", "ki"));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is not an amount of bytes; write a number and one of MB, GB, MiB, GiB, such as 50GB");
        }
        final String unit = matcher.group(2) == null ? "" : matcher.group(2);
        final int power = unit.isEmpty() ? 0 : PREFIXES.indexOf(unit.charAt(0)) + 1;
        final double bytes = Double.parseDouble(matcher.group(1)) * Math.pow(unit.endsWith("i") ? 1024 : 1000, power);
        if (bytes >= Long.MAX_VALUE) {
            throw new IllegalArgumentException("'" + text + "' is more than 8 EiB; write a smaller amount");
        }
        return Math.round(bytes);
    }

    /** For Picocli: a {@code long} option in bytes, typed with its unit. */
    public static final class Converter implements ITypeConverter<Long> {
        /** Called by Picocli. */
        public Converter() {}

        @Override
        public Long convert(final String text) {
            try {
                return parse(text);
            } catch (final IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
