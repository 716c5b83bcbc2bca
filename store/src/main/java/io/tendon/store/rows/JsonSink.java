package io.tendon.store.rows;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints rows as one JSON array with an object for each row; what is not finite is null. */
public final class JsonSink implements RowSink {
    private final JsonGenerator json;
    private final ValueJson values;
    private List<ResultColumn> columns = List.of();

    /**
     * Begins to print.
     *
     * @param out that gets it; buffered here, not closed here.
     * @throws IOException when it refuses.
     */
    public JsonSink(final OutputStream out) throws IOException {
        json = ValueJson.generator(out);
        values = new ValueJson(json, false);
    }

    @Override
    public void columns(final List<ResultColumn> newColumns) throws IOException {
        columns = newColumns;
        json.writeStartArray();
    }

    @Override
    public void row(final List<@Nullable Object> row) throws IOException {
        json.writeRaw('\n');
        json.writeStartObject();
        for (int i = 0; i < row.size(); i++) {
            json.writeFieldName(columns.get(i).name());
            values.write(row.get(i));
        }
        json.writeEndObject();
    }

    @Override
    public void end() throws IOException {
        json.writeRaw('\n');
        json.writeEndArray();
        json.writeRaw('\n');
        json.flush();
    }
}
