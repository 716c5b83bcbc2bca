package io.tendon.store.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a value of a row as JSON. One owner thread. */
final class ValueJson {
    private final JsonGenerator json;
    private final boolean isExact;

    /**
     * Writes with a generator.
     *
     * @param json to write with.
     * @param isExact whether what is not finite is written as a string; JSON has no number for it, and else it is null.
     */
    ValueJson(final JsonGenerator json, final boolean isExact) {
        this.json = json;
        this.isExact = isExact;
    }

    /** A generator that leaves the output open, and hands on what it holds when it is full or {@code flush} is called. */
    static JsonGenerator generator(final OutputStream out) throws IOException {
        return JsonFactory.builder()
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build()
                .createGenerator(out);
    }

    void write(final @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Long integer) {
            json.writeNumber(integer);
        } else if (value instanceof BigInteger integer) {
            json.writeNumber(integer);
        } else if (value instanceof Double number) {
            writeDouble(number);
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (final Object element : list) {
                write(element);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (final Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                write(entry.getValue());
            }
            json.writeEndObject();
        } else {
            json.writeString(value.toString());
        }
    }

    private void writeDouble(final double number) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else if (isExact) {
            json.writeString(Double.toString(number));
        } else {
            json.writeNull();
        }
    }
}
