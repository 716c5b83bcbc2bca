package io.tendon.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bench.chart.BarChart;
import io.tendon.bench.chart.LineChart;
import io.tendon.bench.chart.PercentileChart;
import io.tendon.bench.chart.Unit;
import io.tendon.bench.report.Bar.Verdict;
import io.tendon.bench.report.Bars;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class SectionTest {
    @TempDir
    private Path directory;

    @Test
    void shouldKeepABarAtItsEdgeAndBreakItBeyond() {
        final Section section = new Section("a part");
        section.atMost("kept", Unit.RATIO, 1.5, 1.5);
        section.atMost("broken", Unit.RATIO, 1.51, 1.5);
        section.atLeast("kept", Unit.RATIO, 0.98, 0.98);
        section.atLeast("broken", Unit.RATIO, 0.97, 0.98);
        section.equal("kept", 1, 0);
        section.equal("broken", 1, 1);

        assertThat(section.bars())
                .allMatch(bar -> bar.verdict() == (bar.line().equals("kept") ? Verdict.KEPT : Verdict.BROKEN));
    }

    @Test
    void shouldNotKeepABarOfWhatWasNotMeasured() {
        final Section section = new Section("a part");
        section.atMost("at most", Unit.NS, Double.NaN, 1e9);
        section.atMost("unknown", Unit.COUNT, -1, 0);
        section.atLeast("at least", Unit.NS, Double.POSITIVE_INFINITY, 0);
        section.equal("equal", 0, 0);
        final Section failed = Section.failed("failed", "a reason\nat length");

        assertThat(failed.bars()).hasSize(1).allMatch(bar -> bar.verdict() == Verdict.NOT_MEASURED);
        assertThat(section.bars()).hasSize(4).allMatch(bar -> bar.verdict() == Verdict.NOT_MEASURED);
        assertThat(Bars.areKept(section.bars())).isFalse();
        assertThat(SectionTable.render(List.of(section, failed)))
                .contains(
                        "NOT MEASURED  at most: -; bar: at most 1.00 s\n",
                        "failed: could not be: a reason; bar: to be");
    }

    @Test
    void shouldNotBeKeptWithoutABar() {
        assertThat(Bars.areKept(List.of())).isFalse();
    }

    @Test
    void shouldShowFiguresOfOneNameInOneColumn() {
        final String table = SectionTable.render(List.of(section()));

        assertThat(table.lines().toList()).hasSize(5);
        assertThat(table).containsPattern("a part +p50 +disk\n");
        assertThat(table).containsPattern("one +12.50 ms\n");
        assertThat(table).containsPattern("two +250 ms +3,000 MB\n");
        assertThat(table).contains("BROKEN        two: 250 ms; bar: at most 100 ms", "note          as it is");
    }

    @Test
    void shouldFitIntoTheWidthOfATerminal() {
        final Section section = new Section("publishing joint states, 1,000 a second");
        section.add(
                "and: stall, scans, rebuild",
                Figure.ns("p50", 9e4),
                Figure.ns("p99", 1e5),
                Figure.ns("p99.9", 1e5),
                Figure.ns("max", 999e3),
                Figure.count("timed", 80_000));
        section.add("round 1", Figure.ns("p99", 1e5), Figure.ratio("of idle", 1.5));
        section.note("word ".repeat(60).strip());
        section.atMost("word ".repeat(60).strip(), Unit.RATIO, 1, 1);

        final List<String> lines = SectionTable.render(List.of(section)).lines().toList();

        assertThat(lines).hasSizeGreaterThan(9).allMatch(line -> line.length() <= Bars.LINE);
        assertThat(String.join(" ", lines).split("word", -1)).hasSize(121);
    }

    @Test
    void shouldWriteNumbersInBaseUnitsThatTheirNamesTell() throws IOException {
        final Path file = directory.resolve("store.json");
        final Section section = section();
        section.add(
                "three",
                Figure.ns("p99.9", Double.NaN),
                Figure.ratio("recall@10", 0.5),
                Figure.ns("built in", 2),
                Figure.count("a robot", Double.NEGATIVE_INFINITY));
        SectionJson.write(List.of(section), "short", "a machine", file);

        assertThat(Files.readString(file))
                .contains(
                        "\"ok\" : false",
                        "\"line\" : \"two\"",
                        "\"verdict\" : \"broken\"",
                        "\"p50Ns\" : 1.25E7",
                        "\"diskBytes\" : 3.0E9",
                        "\"p999Ns\" : null",
                        "\"recallAt10Ratio\" : 0.5",
                        "\"builtInNs\" : 2.0",
                        "\"aRobotCount\" : null",
                        "\"machine\" : \"a machine\"")
                .doesNotContain("NaN", "Infinity");
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
        final PercentileChart percentiles = new PercentileChart("percentiles", 1e7);
        final Histogram costs = new Histogram(3);
        percentiles.add("none", costs);
        costs.recordValue(1_000);
        percentiles.add("a curve", costs);
        percentiles.addPoints("points", 100, 1e9);

        for (final String svg : List.of(bars.draw(), lines.draw(), percentiles.draw())) {
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
        section.atMost("two", Unit.NS, 250e6, 100e6);
        section.note("as it is");
        return section;
    }
}
