package io.tendon.bench.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bench.report.Bar.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Everything that is held to something: for people and for machines. Any thread. */
public final class Bars {
    /** Longest line of a table, characters. */
    public static final int LINE = 100;

    private static final int LEAD = Verdict.NOT_MEASURED.text().length() + 2;

    private Bars() {}

    /** Whether there are any, and every one is kept. */
    public static boolean areKept(final List<Bar> bars) {
        return !bars.isEmpty() && bars.stream().allMatch(Bar::isKept);
    }

    /**
     * Writes {@code "ok"} and {@code "bars":[{"line","bar","value","verdict","ok"}]} into an object; verdicts are {@code kept},
     * {@code broken} and {@code not measured}.
     *
     * @param json that stands in an object.
     * @param bars all of them.
     * @throws IOException when it cannot be written.
     */
    public static void write(final JsonGenerator json, final List<Bar> bars) throws IOException {
        json.writeBooleanField("ok", areKept(bars));
        json.writeArrayFieldStart("bars");
        for (final Bar bar : bars) {
            json.writeStartObject();
            json.writeStringField("line", bar.line());
            json.writeStringField("bar", bar.bar());
            json.writeStringField("value", bar.value());
            json.writeStringField("verdict", bar.verdict().text().toLowerCase(Locale.ROOT));
            json.writeBooleanField("ok", bar.isKept());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Lines of a table, each with its end: the verdict, and behind it what it is about. */
    public static void append(final StringBuilder text, final List<Bar> bars) {
        for (final Bar bar : bars) {
            append(text, bar.verdict().text(), bar.line() + ": " + bar.value() + "; bar: " + bar.bar());
        }
    }

    /** A word and behind it a text, in as many lines of at most {@link #LINE} as it takes. */
    public static void append(final StringBuilder text, final String word, final String words) {
        String lead = word;
        StringBuilder line = new StringBuilder();
        for (final String next : words.split(" ", -1)) {
            if (line.length() > 0 && LEAD + line.length() + 1 + next.length() > LINE) {
                text.append(padded(lead)).append(line).append('\n');
                lead = "";
                line = new StringBuilder();
            }
            line.append(line.length() == 0 ? "" : " ").append(next);
        }
        text.append(padded(lead)).append(line).append('\n');
    }

    private static String padded(final String lead) {
        return String.format(Locale.ROOT, "%-" + LEAD + "s", lead);
    }
}
