package io.tendon.persistence.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;

/** JSON for machines, one value on one line of stdout. */
final class JsonOutput {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonOutput() {}

    /**
     * Writes one value.
     *
     * @param out stdout.
     * @param content writes exactly one value.
     * @throws IOException when stdout refuses.
     */
    static void write(final PrintWriter out, final Content content) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            content.write(json);
        }
        out.println();
        out.flush();
    }

    /** Writes one JSON value. */
    @FunctionalInterface
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }
}
