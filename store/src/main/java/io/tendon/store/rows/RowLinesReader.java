package io.tendon.store.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives rows that were written by {@link RowLinesWriter}, in pieces of any length, to a sink. One owner thread. */
public final class RowLinesReader extends OutputStream {
    private static final JsonFactory JSON = new JsonFactory();

    private final RowSink sink;
    private final ByteArrayOutputStream lineBuffer = new ByteArrayOutputStream();
    private List<ResultColumn> columns = List.of();
    private boolean hasColumns;

    /**
     * Begins to read.
     *
     * @param sink of the rows; its end is the caller's to tell.
     */
    public RowLinesReader(final RowSink sink) {
        this.sink = sink;
    }

    @Override
    public void write(final int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(final byte[] bytes, final int from, final int length) throws IOException {
        int start = from;
        for (int i = from; i < from + length; i++) {
            if (bytes[i] == '\n') {
                lineBuffer.write(bytes, start, i - start);
                start = i + 1;
                onLine(lineBuffer.toByteArray());
                lineBuffer.reset();
            }
        }
        lineBuffer.write(bytes, start, from + length - start);
    }

    private void onLine(final byte[] line) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            parser.nextToken();
            final List<@Nullable Object> values = array(parser, hasColumns);
            if (hasColumns) {
                sink.row(values);
            } else {
                hasColumns = true;
                columns = values.stream()
                        .map(pair -> (List<?>) pair)
                        .map(pair -> new ResultColumn(String.valueOf(pair.get(0)), String.valueOf(pair.get(1))))
                        .toList();
                sink.columns(columns);
            }
        }
    }

    private List<@Nullable Object> array(final JsonParser parser, final boolean isRow) throws IOException {
        final List<@Nullable Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            final boolean isFloating = isRow
                    && values.size() < columns.size()
                    && isFloating(columns.get(values.size()).type());
            values.add(value(parser, isFloating));
        }
        return values;
    }

    private @Nullable Object value(final JsonParser parser, final boolean isFloating) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? parser.getBigIntegerValue()
                        : (Object) parser.getLongValue();
            case START_ARRAY -> {
                final List<@Nullable Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser, isFloating));
                }
                yield elements;
            }
            case START_OBJECT -> {
                final Map<String, @Nullable Object> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    final String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser, true));
                }
                yield members;
            }
            default -> isFloating ? number(parser.getText()) : parser.getText();
        };
    }

    /** What is not finite stands as a string where a number should. */
    private static Object number(final String text) {
        return switch (text) {
            case "NaN", "Infinity", "-Infinity" -> Double.parseDouble(text);
            default -> text;
        };
    }

    private static boolean isFloating(final String type) {
        return type.startsWith("DOUBLE") || type.startsWith("FLOAT");
    }
}
