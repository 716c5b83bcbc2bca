package io.tendon.store.state;

import io.tendon.store.rows.ResultColumn;
import io.tendon.store.rows.RowSink;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Values of the state as rows, from the recorder of a robot that runs to a command. One owner thread. */
public final class StateRows {
    private static final List<ResultColumn> COLUMNS = List.of(
            new ResultColumn("key", "VARCHAR"),
            new ResultColumn("session", "VARCHAR"),
            new ResultColumn("stream_id", "INTEGER"),
            new ResultColumn("session_id", "INTEGER"),
            new ResultColumn("position", "BIGINT"),
            new ResultColumn("capture_time_ns", "BIGINT"),
            new ResultColumn("removed", "BOOLEAN"),
            new ResultColumn("message", "VARCHAR"));

    private final RowSink sink;

    /**
     * Writes to a sink.
     *
     * @param sink of the rows.
     */
    public StateRows(final RowSink sink) {
        this.sink = sink;
    }

    /**
     * Writes values, and the end of the rows.
     *
     * @param values to write.
     * @throws IOException when the sink refuses.
     */
    public void write(final List<StateValue> values) throws IOException {
        sink.columns(COLUMNS);
        for (final StateValue value : values) {
            sink.row(Arrays.asList(
                    value.key().text(),
                    value.session(),
                    (long) value.streamId(),
                    (long) value.sessionId(),
                    value.position(),
                    value.captureTimeNs(),
                    value.isRemoved(),
                    hex(value.message())));
        }
        sink.end();
    }

    /**
     * Reads a row back.
     *
     * @param row as it was written.
     * @return the value.
     */
    public static StateValue value(final List<@Nullable Object> row) {
        final Object message = row.get(7);
        return new StateValue(
                new StateKey(String.valueOf(row.get(0))),
                String.valueOf(row.get(1)),
                (int) number(row.get(2)),
                (int) number(row.get(3)),
                number(row.get(4)),
                number(row.get(5)),
                row.get(6) instanceof Boolean isRemoved && isRemoved,
                message == null ? null : new UnsafeBuffer(HexFormat.of().parseHex(message.toString())));
    }

    private static long number(final @Nullable Object value) {
        return value instanceof Long number ? number : 0;
    }

    private static @Nullable String hex(final @Nullable DirectBuffer message) {
        if (message == null) {
            return null;
        }
        final byte[] bytes = new byte[message.capacity()];
        message.getBytes(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
