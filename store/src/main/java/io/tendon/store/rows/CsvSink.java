package io.tendon.store.rows;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints rows as comma-separated values with a header (RFC 4180, but for line ends, which are LF). Null is empty; an array
 * stands in brackets within quotes.
 */
public final class CsvSink implements RowSink {
    private final Writer out;

    /**
     * Begins to print.
     *
     * @param out that gets it; buffered here, not closed here.
     */
    public CsvSink(final OutputStream out) {
        this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    }

    @Override
    public void columns(final List<ResultColumn> columns) throws IOException {
        for (int i = 0; i < columns.size(); i++) {
            out.write(i == 0 ? "" : ",");
            out.write(quoted(columns.get(i).name()));
        }
        out.write('\n');
    }

    @Override
    public void row(final List<@Nullable Object> values) throws IOException {
        for (int i = 0; i < values.size(); i++) {
            out.write(i == 0 ? "" : ",");
            final Object value = values.get(i);
            out.write(value == null ? "" : quoted(ValueText.of(value)));
        }
        out.write('\n');
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }

    private static String quoted(final String text) {
        return text.indexOf(',') == -1 && text.indexOf('"') == -1 && text.indexOf('\n') == -1
                ? text
                : '"' + text.replace("\"", "\"\"") + '"';
    }
}
