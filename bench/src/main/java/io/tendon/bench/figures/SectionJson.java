package io.tendon.bench.figures;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bench.report.Bars;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Sections for machines: one object, all bars first; the unit of each figure ends its name, and what was not measured is null.
 * Main thread.
 */
public final class SectionJson {
    private SectionJson() {}

    /**
     * Writes them.
     *
     * @param sections that were measured.
     * @param lengths how long.
     * @param machine on what.
     * @param file to write.
     * @throws IOException when it cannot be written.
     */
    public static void write(final List<Section> sections, final String lengths, final String machine, final Path file)
            throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            Bars.write(
                    json,
                    sections.stream()
                            .flatMap(section -> section.bars().stream())
                            .toList());
            json.writeStringField("machine", machine);
            json.writeStringField("lengths", lengths);
            json.writeArrayFieldStart("sections");
            for (final Section section : sections) {
                section(json, section);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void section(final JsonGenerator json, final Section section) throws IOException {
        json.writeStartObject();
        json.writeStringField("title", section.title());
        json.writeArrayFieldStart("lines");
        for (final Section.Line line : section.lines()) {
            json.writeStartObject();
            json.writeStringField("label", line.label());
            for (final Figure figure : line.figures()) {
                if (Double.isFinite(figure.amount())) {
                    json.writeNumberField(figure.field(), figure.amount());
                } else {
                    json.writeNullField(figure.field());
                }
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notes");
        for (final String note : section.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
