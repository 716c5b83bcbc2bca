package io.tendon.sessionlog.verify;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a session, or good to know of it.
 *
 * @param kind what.
 * @param place where.
 * @param times when: capture times of the nearest good messages around it.
 * @param missing sequence numbers that are not recorded for it; null when none are, or when they are not known.
 * @param text one line for a person, without the place.
 */
public record Finding(
        FindingKind kind,
        Place place,
        TimeSpan times,
        @Nullable SequenceRange missing,
        String text) {

    /** How much it matters. */
    public FindingKind.Severity severity() {
        return kind.severity();
    }

    static Finding ofSession(final FindingKind kind, final String text) {
        return new Finding(kind, Place.SESSION, TimeSpan.NONE, null, text);
    }
}
