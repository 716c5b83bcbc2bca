package io.tendon.certify.page;

import java.util.List;
import java.util.Locale;

/** Text into HTML. Any thread. */
final class Html {
    private Html() {}

    static String escape(final String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A time in the unit that suits it. */
    static String duration(final long ns) {
        if (ns >= 1_000_000_000L) {
            return String.format(Locale.ROOT, "%.2f s", ns / 1e9);
        }
        if (ns >= 1_000_000L) {
            return String.format(Locale.ROOT, "%.1f ms", ns / 1e6);
        }
        if (ns >= 10_000L) {
            return String.format(Locale.ROOT, "%.0f µs", ns / 1e3);
        }
        return ns >= 1000L ? String.format(Locale.ROOT, "%.1f µs", ns / 1e3) : ns + " ns";
    }

    /** A table; every cell is escaped, and those that look like numbers stand to the right. */
    static String table(final List<String> head, final List<List<String>> rows) {
        final StringBuilder html = new StringBuilder("<div class=\"wide\"><table><thead><tr>");
        head.forEach(cell -> html.append("<th>").append(escape(cell)).append("</th>"));
        html.append("</tr></thead><tbody>\n");
        for (final List<String> row : rows) {
            html.append("<tr>");
            for (final String cell : row) {
                html.append(cell.matches("[0-9].*") ? "<td class=\"n\">" : "<td>")
                        .append(escape(cell))
                        .append("</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>\n").toString();
    }
}
