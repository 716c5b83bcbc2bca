package io.tendon.deploy.it;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON document as a flat map from {@code path.to[0].value} to text. */
record Json(Map<String, String> values) {
    static Json parse(final String text) {
        final Map<String, String> values = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            parser.nextToken();
            flatten(parser, "", values);
        } catch (final IOException e) {
            throw new UncheckedIOException(text, e);
        }
        return new Json(values);
    }

    String text(final String path) {
        final String value = values.get(path);
        if (value == null) {
            throw new AssertionError("no " + path + " in " + values.keySet());
        }
        return value;
    }

    long number(final String path) {
        return Long.parseLong(text(path));
    }

    double decimal(final String path) {
        return Double.parseDouble(text(path));
    }

    /** Path of the element of an array whose field has a value. */
    String find(final String array, final String field, final String wanted) {
        for (int i = 0; values.containsKey(array + "[" + i + "]." + field); i++) {
            if (values.get(array + "[" + i + "]." + field).equals(wanted)) {
                return array + "[" + i + "].";
            }
        }
        throw new AssertionError("no " + array + " with " + field + "=" + wanted + " in " + values);
    }

    private static void flatten(final JsonParser parser, final String path, final Map<String, String> values)
            throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                final String name = parser.currentName();
                parser.nextToken();
                flatten(parser, path.isEmpty() ? name : path + "." + name, values);
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                flatten(parser, path + "[" + i + "]", values);
            }
        } else {
            values.put(path, parser.getText());
        }
    }
}
