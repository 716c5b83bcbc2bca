package io.tendon.persistence.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.Session;
import io.tendon.store.vector.VectorEntry;
import io.tendon.store.vector.VectorMatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Prints moments that were found, each with the command that shows it again. Main thread. */
final class SimilarOutput {
    /** What is shown of a moment that has no span, before and behind it. */
    private static final long AROUND_NS = 500_000_000L;

    private final Function<String, Session> sessions;

    /**
     * Prints.
     *
     * @param sessions by their ids.
     */
    SimilarOutput(final Function<String, Session> sessions) {
        this.sessions = sessions;
    }

    /** For a person: two lines each. */
    void print(final PrintWriter out, final List<VectorMatch> matches) {
        if (!matches.isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    "%-4s %10s  %-24s %12s %12s  %-7s %s%n",
                    "rank",
                    "similarity",
                    "session",
                    "from",
                    "to",
                    "kind",
                    "label");
        }
        int rank = 1;
        for (final VectorMatch match : matches) {
            final VectorEntry entry = match.entry();
            out.printf(
                    Locale.ROOT,
                    "%-4d %10.4f  %-24s %12s %12s  %-7s %s%n     %s%n",
                    rank++,
                    match.similarity(),
                    match.session(),
                    time(match, entry.fromNs()),
                    time(match, entry.toNs()),
                    entry.kind(),
                    entry.label(),
                    replay(match));
        }
        out.flush();
    }

    /** For machines: an array of rows. */
    void write(final JsonGenerator json, final List<VectorMatch> matches) throws IOException {
        json.writeStartArray();
        int rank = 1;
        for (final VectorMatch match : matches) {
            final VectorEntry entry = match.entry();
            json.writeStartObject();
            json.writeNumberField("rank", rank++);
            json.writeNumberField("similarity", match.similarity());
            json.writeStringField("session", match.session());
            json.writeNumberField("fromTimeNs", entry.fromNs());
            json.writeNumberField("toTimeNs", entry.toNs());
            json.writeStringField("kind", entry.kind().name());
            json.writeStringField("label", entry.label());
            json.writeStringField("model", match.model());
            json.writeStringField("stream", StreamCatalog.nameOf(entry.streamId()));
            json.writeNumberField("sessionId", entry.sessionId());
            json.writeNumberField("position", entry.position());
            json.writeNumberField("nextPosition", entry.nextPosition());
            json.writeStringField("replay", replay(match));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A time of a match, as the commands take it. */
    String time(final VectorMatch match, final long timeNs) {
        final long sinceStartNs =
                timeNs - sessions.apply(match.session()).manifest().startedNs();
        return sinceStartNs < 0
                ? Instant.ofEpochSecond(0, timeNs).toString()
                : BigDecimal.valueOf(sinceStartNs, 9).stripTrailingZeros().toPlainString() + "s";
    }

    private String replay(final VectorMatch match) {
        final VectorEntry entry = match.entry();
        final boolean hasSpan = entry.toNs() > entry.fromNs();
        return ReplayLine.of(
                sessions.apply(match.session()).directory(),
                time(match, hasSpan ? entry.fromNs() : entry.fromNs() - AROUND_NS),
                time(match, hasSpan ? entry.toNs() : entry.toNs() + AROUND_NS));
    }
}
