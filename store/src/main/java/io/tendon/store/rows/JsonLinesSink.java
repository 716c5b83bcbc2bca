package io.tendon.store.rows;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes each row as an object on a line of its own; what is not finite is a string. One owner thread. */
public final class JsonLinesSink implements RowSink {
    private final JsonGenerator json;
    private final ValueJson values;
    private List<ResultColumn> columns = List.of();

    /**
     * Begins to write.
     *
     * @param out that gets the lines; not closed here.
     * @throws IOException when it refuses.
     */
    public JsonLinesSink(final OutputStream out) throws IOException {
        json = ValueJson.generator(out);
        json.setRootValueSeparator(null);
        values = new ValueJson(json, true);
    }

    @Override
    public void columns(final List<ResultColumn> newColumns) {
        columns = newColumns;
    }

    @Override
    public void row(final List<@Nullable Object> row) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < row.size(); i++) {
            json.writeFieldName(columns.get(i).name());
            values.write(row.get(i));
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public void end() throws IOException {
        json.flush();
    }
}
