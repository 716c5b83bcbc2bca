package io.tendon.bench.store.figures;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Sections as tables of text, each with its bars. */
public final class StoreTable {
    private static final int LABEL = 46;
    private static final int COLUMN = 14;

    private StoreTable() {}

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
        text.append(padded(section.title()));
        columns.forEach(column -> text.append(String.format(Locale.ROOT, "%" + width(column) + "s", column)));
        text.append('\n');
        for (final Section.Line line : section.lines()) {
            text.append(padded("  " + line.label()));
            for (final String column : columns) {
                final String value = line.figures().stream()
                        .filter(figure -> figure.name().equals(column))
                        .map(Figure::text)
                        .findFirst()
                        .orElse("");
                text.append(String.format(Locale.ROOT, "%" + width(column) + "s", value));
            }
            text.append('\n');
        }
        section.bars()
                .forEach(bar -> text.append(bar.isKept() ? "kept    " : "BROKEN  ")
                        .append(bar.line())
                        .append(": ")
                        .append(bar.value())
                        .append("; bar: ")
                        .append(bar.bar())
                        .append('\n'));
        section.notes().forEach(note -> text.append("note    ").append(note).append('\n'));
    }

    private static int width(final String column) {
        return Math.max(COLUMN, column.length() + 2);
    }

    private static String padded(final String label) {
        return String.format(Locale.ROOT, "%-" + LABEL + "s", label);
    }
}
