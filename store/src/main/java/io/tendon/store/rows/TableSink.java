package io.tendon.store.rows;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints rows as a table with columns as wide as they need, numbers to the right. The widths are those of the first rows;
 * what comes later and is wider pushes its line to the right.
 */
public final class TableSink implements RowSink {
    private static final int ROWS_MEASURED = 500;

    private final Writer out;
    private final List<List<String>> held = new ArrayList<>();
    private List<ResultColumn> columns = List.of();
    private int[] widths = {};
    private long rows;

    /**
     * Begins to print.
     *
     * @param out that gets it; buffered here, not closed here.
     */
    public TableSink(final OutputStream out) {
        this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    }

    @Override
    public void columns(final List<ResultColumn> newColumns) {
        columns = newColumns;
        widths = columns.stream().mapToInt(column -> column.name().length()).toArray();
    }

    @Override
    public void row(final List<@Nullable Object> values) throws IOException {
        final List<String> texts = values.stream().map(ValueText::of).toList();
        rows++;
        if (rows <= ROWS_MEASURED) {
            held.add(texts);
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], texts.get(i).length());
            }
        } else {
            release();
            line(texts);
        }
    }

    @Override
    public void end() throws IOException {
        release();
        out.write(rows == 1 ? "1 row\n" : rows + " rows\n");
        out.flush();
    }

    private void release() throws IOException {
        if (rows <= ROWS_MEASURED || !held.isEmpty()) {
            line(columns.stream().map(ResultColumn::name).toList());
            for (final List<String> texts : held) {
                line(texts);
            }
            held.clear();
        }
    }

    private void line(final List<String> texts) throws IOException {
        final StringBuilder line = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            final String padding =
                    " ".repeat(Math.max(0, widths[i] - texts.get(i).length()));
            line.append(i == 0 ? "" : "  ");
            line.append(columns.get(i).isNumeric() ? padding + texts.get(i) : texts.get(i) + padding);
        }
        out.write(line.toString().stripTrailing());
        out.write('\n');
    }
}
