package io.tendon.sessionlog.option;

import io.tendon.bus.config.Durations;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A moment of a session as a person types it: an instant, or a time since the session's start.
 *
 * @param isOffset whether {@code timeNs} counts from the session's start, else from the epoch.
 * @param timeNs ns.
 */
public record SessionTime(boolean isOffset, long timeNs) {
    /** The moment, ns since the epoch, in a session that began then. */
    public long epochNs(final long startedNs) {
        return isOffset ? startedNs + timeNs : timeNs;
    }

    /** For Picocli. */
    public static final class Converter implements ITypeConverter<SessionTime> {
        /** Called by Picocli. */
        public Converter() {}

        @Override
        public SessionTime convert(final String text) {
            try {
                final Instant instant = Instant.parse(text);
                return new SessionTime(
                        false,
                        Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano()));
            } catch (final DateTimeParseException e) {
                return offset(text);
            } catch (final ArithmeticException e) {
                throw new TypeConversionException("'" + text + "' must lie between the years 1678 and 2262");
            }
        }

        private static SessionTime offset(final String text) {
            try {
                return new SessionTime(true, Durations.parseNs(text));
            } catch (final IllegalArgumentException e) {
                throw new TypeConversionException("'" + text
                        + "' is no time; write an instant such as 2026-01-31T12:00:00.5Z, or a time since the"
                        + " session's start such as 12.5s");
            }
        }
    }
}
