package io.tendon.sessionlog.incident;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A range of a session that is kept, and why. Ranges of several incidents may overlap; those of one cause are one incident
 * when the next comes before the range of the last one has ended. Immutable; any thread.
 *
 * @param id name within the session: when it happened and why, {@code 20260131-120000-123-safety-stop}.
 * @param cause why.
 * @param text in words, one line.
 * @param timeNs when it happened first, ns since the epoch.
 * @param lastNs when it happened last.
 * @param times how often it happened.
 * @param fromNs first capture time that is kept.
 * @param toNs first capture time behind what is kept.
 */
public record Incident(
        String id, IncidentCause cause, String text, long timeNs, long lastNs, long times, long fromNs, long toNs) {
    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);
    private static final long NS_PER_S = 1_000_000_000L;

    /**
     * Something that has happened once.
     *
     * @param cause why.
     * @param text in words.
     * @param timeNs when, ns since the epoch.
     * @param beforeNs to keep from before it.
     * @param afterNs to keep from after it.
     * @return the incident.
     */
    public static Incident of(
            final IncidentCause cause, final String text, final long timeNs, final long beforeNs, final long afterNs) {
        final Instant time = Instant.ofEpochSecond(Math.floorDiv(timeNs, NS_PER_S), Math.floorMod(timeNs, NS_PER_S));
        return new Incident(
                ID_TIME.format(time) + '-' + cause.text(),
                cause,
                text.replace('\n', ' '),
                timeNs,
                timeNs,
                1,
                timeNs - beforeNs,
                timeNs + afterNs);
    }

    /**
     * The same, having happened once more.
     *
     * @param againNs when, ns since the epoch.
     * @param afterNs to keep from after it.
     * @return the longer incident.
     */
    public Incident again(final long againNs, final long afterNs) {
        return new Incident(
                id,
                cause,
                text,
                timeNs,
                Math.max(lastNs, againNs),
                times + 1,
                fromNs,
                Math.max(toNs, againNs + afterNs));
    }

    /** The same under another name. */
    Incident named(final String otherId) {
        return new Incident(otherId, cause, text, timeNs, lastNs, times, fromNs, toNs);
    }

    /** Whether anything of a range of capture times, both ends included, is kept. */
    public boolean touches(final long firstNs, final long endNs) {
        return firstNs < toNs && endNs >= fromNs;
    }
}
