package io.tendon.sessionlog.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** JSON for machines, one value on one line of stdout. */
public final class JsonOutput {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonOutput() {}

    /**
     * Writes one value.
     *
     * @param out stdout.
     * @param content writes exactly one value.
     * @throws IOException when stdout refuses.
     */
    public static void write(final PrintWriter out, final Content content) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            content.write(json);
        }
        out.println();
        out.flush();
    }

    /**
     * Writes a field with an array of texts.
     *
     * @param json within an object.
     * @param name of the field.
     * @param texts in their order.
     * @throws IOException when stdout refuses.
     */
    public static void writeStrings(final JsonGenerator json, final String name, final List<String> texts)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (final String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /** Writes one JSON value. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes it.
         *
         * @param json generator at the place of the value.
         * @throws IOException when stdout refuses.
         */
        void write(JsonGenerator json) throws IOException;
    }
}
