package io.tendon.store.rows;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as lines of JSON that {@link RowLinesReader} reads back as they were:
 *
 * <pre>
 *   [["capture_time","TIMESTAMP_NS"],["max","DOUBLE"]]
 *   ["2026-01-31T12:00:00.000000000Z",0.25]
 * </pre>
 */
public final class RowLinesWriter implements RowSink {
    private final JsonGenerator json;
    private final ValueJson values;

    /**
     * Begins to write.
     *
     * @param out that gets the lines; buffered here, not closed here.
     * @throws IOException when it refuses.
     */
    public RowLinesWriter(final OutputStream out) throws IOException {
        json = ValueJson.generator(out);
        json.setRootValueSeparator(null);
        values = new ValueJson(json, true);
    }

    @Override
    public void columns(final List<ResultColumn> columns) throws IOException {
        json.writeStartArray();
        for (final ResultColumn column : columns) {
            json.writeStartArray();
            json.writeString(column.name());
            json.writeString(column.type());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeRaw('\n');
    }

    @Override
    public void row(final List<@Nullable Object> row) throws IOException {
        json.writeStartArray();
        for (final Object value : row) {
            values.write(value);
        }
        json.writeEndArray();
        json.writeRaw('\n');
    }

    @Override
    public void end() throws IOException {
        json.flush();
    }
}
