package io.tendon.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bench.ipc.IpcFigures;
import io.tendon.bench.ipc.IpcFigures.RoundTrip;
import io.tendon.bench.recording.RecordingFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    private Path directory;

    @Test
    void shouldTakeRatiosWithinARoundAndTheMedianRound() {
        final Operation publish = new Operation("publish", "tryClaim");
        publish.add(12, 10);
        publish.add(50, 100);
        publish.add(300, 100);

        assertThat(publish.ratio()).isEqualTo(1.2);
        assertThat(publish.oursNs()).isEqualTo(50);
        assertThat(publish.floorNs()).isEqualTo(100);
    }

    @Test
    void shouldKeepEveryBarAtItsEdge() {
        assertThat(results(1.2, 1_000, 1_001, 0.8).isGreen()).isTrue();
    }

    @Test
    void shouldBreakEachBarBeyondItsEdge() {
        assertThat(broken(results(1.21, 1_000, 1_001, 0.8))).containsExactly("publish over tryClaim");
        assertThat(broken(results(1.2, 1_000, 1_000, 0.8))).containsExactly("median round trip, below that of a peer");
        assertThat(broken(results(1.2, 1_000, 1_001, 0.79)))
                .containsExactly("recording over the bare archive's, until all is on the device");
    }

    @Test
    void shouldKeepNoBarOfARoundTripThatWasNotMeasured() {
        assertThat(broken(results(1.2, 0, 1_000, 0.8))).containsExactly("median round trip, below that of a peer");
        assertThat(broken(results(Double.NaN, 1_000, 1_001, 0.8))).containsExactly("publish over tryClaim");
    }

    @Test
    void shouldKeepEveryRoundAsHistogramThatCanBeReadAgain() throws IOException {
        final Path file = directory.resolve("round-trip.hlog");
        RoundTripLog.write(results(1, 1_000, 2_000, 1), file);

        final List<EncodableHistogram> read = new ArrayList<>();
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            while (reader.hasNext()) {
                read.add(reader.nextIntervalHistogram());
            }
        }
        assertThat(read).extracting(EncodableHistogram::getTag).containsExactly("Tendon", "bare-Aeron");
        assertThat(((Histogram) read.get(0)).getTotalCount()).isEqualTo(100);
        assertThat(((Histogram) read.get(0)).getValueAtPercentile(50)).isEqualTo(1_000);
    }

    @Test
    void shouldWriteEverythingThatWasMeasured() throws IOException {
        final Results results = results(1.3, 1_000, 2_000, 1);
        ResultJson.write(results, directory.resolve("results.json"));

        assertThat(Files.readString(directory.resolve("results.json")))
                .contains("\"ok\" : false", "\"line\" : \"publish over tryClaim\"", "\"recordedNs\" : 1000000000");
        assertThat(ResultTable.render(results))
                .contains("BROKEN        publish over tryClaim: 1.30; bar: at most 1.20")
                .contains("a peer")
                .contains("left out      something");
        assertThat(RoundTripChart.draw(results.conversations())).contains("Tendon, p50 1.00 us", "<circle");
    }

    private static List<String> broken(final Results results) {
        return results.bars().stream()
                .filter(bar -> !bar.isKept())
                .map(Bar::line)
                .toList();
    }

    private static Results results(
            final double publishRatio, final long oursP50Ns, final long peerP50Ns, final double recordingRatio) {
        final Operation publish = new Operation("publish", "tryClaim");
        publish.add(publishRatio * 100, 100);
        final Recordings recordings = new Recordings();
        final long bytes = 1_000_000_000L;
        recordings.add(
                new RecordingFigures((long) (bytes * recordingRatio), 1, SECOND_NS, SECOND_NS),
                new RecordingFigures(bytes, 1, SECOND_NS, SECOND_NS),
                new RecordingFigures(bytes, 0, SECOND_NS, SECOND_NS));
        return new Results(
                List.of(publish),
                List.of(),
                List.of(
                        conversation("Tendon", false, oursP50Ns, true),
                        conversation("bare Aeron", false, 1, true),
                        conversation("a peer", true, peerP50Ns, false)),
                recordings,
                List.of("something"),
                "long enough",
                "a machine");
    }

    private static Conversation conversation(
            final String label, final boolean isPeer, final long p50Ns, final boolean hasHistogram) {
        final Conversation conversation = new Conversation(label, isPeer);
        final Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(p50Ns, 100);
        conversation.add(new IpcFigures(
                new RoundTrip(100, p50Ns, p50Ns, 0, p50Ns),
                hasHistogram ? Optional.of(histogram) : Optional.empty(),
                1e6));
        return conversation;
    }
}
