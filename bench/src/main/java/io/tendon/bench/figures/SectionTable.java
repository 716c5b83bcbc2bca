package io.tendon.bench.figures;

import io.tendon.bench.report.Bars;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Sections as tables of text, each with its bars; lines of at most {@link Bars#LINE}, as long as labels are below 38 and columns few. */
public final class SectionTable {
    private static final int LEAST_LABEL = 40;
    private static final int GAP = 2;

    private SectionTable() {}

    /** Every line of them. */
    public static String render(final List<Section> sections) {
        final StringBuilder text = new StringBuilder();
        for (final Section section : sections) {
            render(section, text);
        }
        return text.toString();
    }

    private static void render(final Section section, final StringBuilder text) {
        final Set<String> columns = new LinkedHashSet<>();
        section.lines().forEach(line -> line.figures().forEach(figure -> columns.add(figure.name())));
        final int label = section.lines().stream()
                .mapToInt(line -> GAP + line.label().length())
                .reduce(Math.max(LEAST_LABEL, section.title().length()), Math::max);
        final StringBuilder head = new StringBuilder(padded(section.title(), label));
        columns.forEach(column -> head.append(aligned(column, width(section, column))));
        append(text, head);
        for (final Section.Line line : section.lines()) {
            final StringBuilder row = new StringBuilder(padded("  " + line.label(), label));
            columns.forEach(column -> row.append(aligned(value(line, column), width(section, column))));
            append(text, row);
        }
        Bars.append(text, section.bars());
        section.notes().forEach(note -> Bars.append(text, "note", note));
    }

    private static void append(final StringBuilder text, final StringBuilder line) {
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static String value(final Section.Line line, final String column) {
        return line.figures().stream()
                .filter(figure -> figure.name().equals(column))
                .map(Figure::text)
                .findFirst()
                .orElse("");
    }

    private static int width(final Section section, final String column) {
        return GAP
                + section.lines().stream()
                        .mapToInt(line -> value(line, column).length())
                        .reduce(column.length(), Math::max);
    }

    private static String aligned(final String value, final int width) {
        return String.format(Locale.ROOT, "%" + width + "s", value);
    }

    private static String padded(final String label, final int width) {
        return String.format(Locale.ROOT, "%-" + width + "s", label);
    }
}
