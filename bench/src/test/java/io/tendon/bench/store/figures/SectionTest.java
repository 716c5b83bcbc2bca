package io.tendon.bench.store.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bench.chart.BarChart;
import io.tendon.bench.chart.LineChart;
import io.tendon.bench.chart.Unit;
import io.tendon.bench.report.Results.Bar;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class SectionTest {
    @TempDir
    private Path directory;

    @Test
    void shouldKeepABarAtItsEdgeAndBreakItBeyond() {
        final Section section = new Section("a part");
        section.atMost("kept", Figure.ratio("", 1.5), 1.5);
        section.atMost("broken", Figure.ratio("", 1.51), 1.5);
        section.atLeast("kept", Figure.ratio("", 0.98), 0.98);
        section.atLeast("broken", Figure.ratio("", 0.97), 0.98);
        section.equal("kept", 1, 0);
        section.equal("broken", 1, 1);

        assertThat(section.bars()).allMatch(bar -> bar.isKept() == bar.line().equals("kept"));
    }

    @Test
    void shouldBreakABarOfWhatWasNotMeasured() {
        final Section section = new Section("a part");
        section.atMost("at most", Figure.ns("", Double.NaN), 1e9);
        section.atLeast("at least", Figure.ns("", Double.NaN), 0);
        section.equal("equal", 0, 0);

        assertThat(section.bars()).noneMatch(Bar::isKept);
    }

    @Test
    void shouldShowFiguresOfOneNameInOneColumn() {
        final String table = StoreTable.render(List.of(section()));

        assertThat(table.lines().toList()).hasSize(5);
        assertThat(table).containsPattern("a part +p50 +disk\n");
        assertThat(table).containsPattern("one +12.50 ms +\n");
        assertThat(table).containsPattern("two +250 ms +3,000 MB\n");
        assertThat(table).contains("BROKEN  two: 250 ms; bar: at most 100 ms", "note    as it is");
    }

    @Test
    void shouldWriteNumbersInBaseUnits() throws IOException {
        final Path file = directory.resolve("store.json");
        StoreJson.write(List.of(section()), "short", "a machine", file);

        assertThat(Files.readString(file))
                .contains(
                        "\"ok\" : false",
                        "\"line\" : \"two\"",
                        "\"p50\" : 1.25E7",
                        "\"disk\" : 3.0E9",
                        "\"machine\" : \"a machine\"");
    }

    @Test
    void shouldDrawWhatAnXmlReaderCanRead() throws Exception {
        final BarChart bars = new BarChart("bars < & \"", Unit.NS);
        bars.add("one", 1_000, Double.NaN, 0);
        bars.add("two", 2_000_000, 1_000_000, 1);
        final LineChart.Axis axis = new LineChart.Axis(0, 10, false, List.of(0d, 10d), Double::toString);
        final LineChart lines = new LineChart("lines", axis, axis);
        lines.add("a curve", new double[] {0, 10}, new double[] {0, 20});
        lines.addLimit("bar", 5);

        for (final String svg : List.of(bars.draw(), lines.draw())) {
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(svg)))
                            .getDocumentElement()
                            .getTagName())
                    .isEqualTo("svg");
        }
    }

    private static Section section() {
        final Section section = new Section("a part");
        section.add("one", Figure.ns("p50", 12.5e6));
        section.add("two", Figure.ns("p50", 250e6), Figure.bytes("disk", 3e9));
        section.atMost("two", Figure.ns("", 250e6), 100e6);
        section.note("as it is");
        return section;
    }
}
