package io.tendon.bus.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** Findings for a person, as lines, and for a machine, as JSON. Pure. */
public final class FindingText {
    private static final int STATUS_WIDTH = 4;

    private FindingText() {}

    /**
     * A table of one line a finding, then for each that is not in order why it matters and what mends it.
     *
     * @param findings to show.
     * @param emphasis given a status and text that stands for it, adds colour, or nothing.
     * @return lines.
     */
    public static List<String> table(
            final List<Finding> findings, final BiFunction<Finding.Status, String, String> emphasis) {
        final int nameWidth = findings.stream()
                .mapToInt(finding -> finding.name().length())
                .max()
                .orElse(0);
        final List<String> lines = new ArrayList<>();
        for (final Finding finding : findings) {
            lines.add(padded(finding.name(), nameWidth) + "  "
                    + emphasis.apply(finding.status(), padded(word(finding.status()), STATUS_WIDTH)) + "  "
                    + finding.found());
        }
        for (final Finding finding : findings) {
            if (finding.status() != Finding.Status.OK) {
                lines.add("");
                lines.add(emphasis.apply(finding.status(), finding.name()) + ": " + finding.why());
                lines.add("    " + finding.remedy());
            }
        }
        return lines;
    }

    /** The findings as one JSON array on one line: {@code name}, {@code status}, {@code found}, {@code why}, {@code remedy}. */
    public static String json(final List<Finding> findings) {
        final StringBuilder json = new StringBuilder(4096).append('[');
        for (final Finding finding : findings) {
            json.append(json.length() == 1 ? "{" : ",{");
            member(json, "name", finding.name()).append(',');
            member(json, "status", word(finding.status())).append(',');
            member(json, "found", finding.found()).append(',');
            member(json, "why", finding.why()).append(',');
            member(json, "remedy", finding.remedy()).append('}');
        }
        return json.append(']').toString();
    }

    private static String word(final Finding.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static String padded(final String text, final int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static StringBuilder member(final StringBuilder json, final String name, final String value) {
        json.append('"').append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }
}
