package io.tendon.bench.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tendon.bench.RunScript;
import io.tendon.bench.report.Bars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every part of the store's benchmark runs, on real processes, and every answer is the right one; how fast it was in so
 * short a time is worth nothing, and not judged.
 */
@Tag("minutes")
class StoreIT {
    private static final int BARS_OF_RANGES = 8;
    private static final int BARS_OF_ENGINES = 7;
    private static final int BARS_OF_NEIGHBOURS = 2;
    private static final int BARS_OF_RESTART_AND_RECORDING = 2;
    private static final int BARS_OF_ROBOT = 6;

    @TempDir
    private Path directory;

    @Test
    void shouldMeasureTheStoreAndFindEveryAnswerRight() throws IOException, InterruptedException {
        final RunScript run =
                RunScript.run(directory.resolve("log"), "store", "--quick", "--out", directory.toString());

        assertThat(run.exitCode()).as(run.output()).isIn(0, 1);
        shouldShowFiguresOfEachPart(run.output());
        final List<Map<String, String>> objects = objects(directory.resolve("store.json"));
        shouldHaveMeasuredEveryLine(objects);
        shouldHaveJudgedEveryBar(objects, run.exitCode() == 0);
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(path -> String.valueOf(path.getFileName())))
                    .containsExactlyInAnyOrder(
                            "log",
                            "store.json",
                            "store-engines.svg",
                            "store-memory.svg",
                            "store-neighbours.svg",
                            "store-publish.svg",
                            "store-ranges.svg",
                            "store-restart.svg");
        }
    }

    private static void shouldShowFiguresOfEachPart(final String output) {
        assertThat(output)
                .containsPattern("every second of 15 min +[0-9.]+ m?s")
                .containsPattern("34,000: Tendon, graph +[0-9.]+")
                .containsPattern("34,000: Lucene, one graph +[0-9.]+")
                .containsPattern("34,000: SQLite, BLOBs compared +[0-9.]+")
                .containsPattern("SQLite, WAL +[0-9,]+/s")
                .containsPattern("H2 MVStore +[0-9,]+/s")
                .containsPattern("a log of 100 MB +[0-9.]+ m?s")
                .containsPattern("bare Aeron Archive +[0-9,]+ MB/s")
                .containsPattern("joint states sent +[0-9,]+/s")
                .containsPattern("built anew by reindex, with its start +[0-9,]+/s")
                .containsPattern("and: stall, scans, rebuild +[0-9.]+ us")
                .containsPattern("disk-stall held [1-9][0-9]* writes")
                .containsPattern("(GREEN|RED): .*store.json")
                .doesNotContain("could not be");
        // What is said on the way may be longer than a line of the table.
        assertThat(output.lines().filter(line -> !line.startsWith("bench: ") && !line.contains("store.json")))
                .allMatch(line -> line.length() <= Bars.LINE);
    }

    private static void shouldHaveMeasuredEveryLine(final List<Map<String, String>> objects) {
        final List<Map<String, String>> lines =
                objects.stream().filter(object -> object.containsKey("label")).toList();
        assertThat(lines).hasSizeGreaterThan(25);
        for (final Map<String, String> line : lines) {
            assertThat(line).hasSizeGreaterThan(1);
            line.forEach((field, value) -> {
                if (!field.equals("label") && !isBuiltBySqlite(line, field)) {
                    assertThat(field).matches("[a-zA-Z0-9]+(Ns|Bytes|PerSecond|Ratio|Count)");
                    assertThat(value).as(line.toString()).isNotEqualTo("null");
                    assertThat(Double.parseDouble(value))
                            .as(line.toString())
                            .isNotNegative()
                            .isFinite();
                }
            });
        }
    }

    /** A scan of BLOBs has nothing to build. */
    private static boolean isBuiltBySqlite(final Map<String, String> line, final String field) {
        return field.equals("builtInNs") && String.valueOf(line.get("label")).contains("SQLite");
    }

    private static void shouldHaveJudgedEveryBar(final List<Map<String, String>> objects, final boolean isGreen) {
        final List<Map<String, String>> bars =
                objects.stream().filter(object -> object.containsKey("bar")).toList();
        assertThat(bars)
                .hasSize(BARS_OF_RANGES
                        + BARS_OF_ENGINES
                        + BARS_OF_NEIGHBOURS
                        + BARS_OF_RESTART_AND_RECORDING
                        + BARS_OF_ROBOT)
                .allSatisfy(bar -> assertThat(bar.get("verdict")).isIn("kept", "broken"))
                .allSatisfy(bar -> assertThat(bar.get("value")).containsPattern("[0-9]"));
        assertThat(bars.stream().allMatch(bar -> "kept".equals(bar.get("verdict"))))
                .isEqualTo(isGreen);
        // What is right does not depend on the machine.
        assertThat(bars.stream().filter(bar -> "equal".equals(bar.get("bar"))))
                .hasSize(4)
                .allSatisfy(bar -> assertThat(bar.get("verdict")).isEqualTo("kept"))
                .allSatisfy(bar -> assertThat(bar.get("value")).matches("[1-9][0-9,]* compared, 0 different"))
                .anySatisfy(bar -> assertThat(bar.get("value")).startsWith("900,000 compared"))
                .anySatisfy(bar -> assertThat(bar.get("value")).startsWith("60,000 compared"))
                .anySatisfy(bar -> assertThat(bar.get("value")).startsWith("900 compared"));
        assertThat(bars.stream().filter(bar -> String.valueOf(bar.get("line")).startsWith("recall@10 of ")))
                .hasSize(2)
                .allSatisfy(bar -> assertThat(bar.get("verdict")).isEqualTo("kept"));
    }

    /** The plain fields of each object of a file, which is one JSON value to its end. */
    private static List<Map<String, String>> objects(final Path file) throws IOException {
        final List<Map<String, String>> all = new ArrayList<>();
        final List<Map<String, String>> open = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    open.add(new LinkedHashMap<>());
                } else if (token == JsonToken.END_OBJECT) {
                    all.add(open.remove(open.size() - 1));
                } else if (token.isScalarValue() && json.currentName() != null) {
                    open.get(open.size() - 1).put(json.currentName(), json.getText());
                }
            }
        }
        assertThat(open).isEmpty();
        return all;
    }
}
