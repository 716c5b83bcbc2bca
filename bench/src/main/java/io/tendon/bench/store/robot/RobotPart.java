package io.tendon.bench.store.robot;

import io.tendon.bench.chart.LineChart;
import io.tendon.bench.chart.Unit;
import io.tendon.bench.store.figures.Figure;
import io.tendon.bench.store.figures.Section;
import io.tendon.bus.config.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A recorder under all that is done to it, one thing after another, and its memory meanwhile. Main thread. */
public final class RobotPart {
    private static final double MEMORY_BAR_BYTES = 450e6;
    private static final double BYTES_PER_MB = 1e6;

    private final Place place;
    private final Lengths lengths;
    private final Path day;
    private final Consumer<String> progress;

    /**
     * A part.
     *
     * @param place where it runs.
     * @param lengths how long.
     * @param day directory of a long history of {@link io.tendon.bench.store.history.DayHistory}.
     * @param progress takes lines for the user.
     */
    public RobotPart(final Place place, final Lengths lengths, final Path day, final Consumer<String> progress) {
        this.place = place;
        this.lengths = lengths;
        this.day = day;
        this.progress = progress;
    }

    /**
     * Where it runs. Immutable.
     *
     * @param home of the installation.
     * @param name that the robots' names begin with.
     * @param data directory for the recordings; its own, on the disk of the long history.
     * @param logs directory for what the processes print.
     */
    public record Place(Path home, String name, Path data, Path logs) {}

    /**
     * How long. Immutable.
     *
     * @param sustainedS at twenty times a robot's rate, s.
     * @param rounds stretches without and with a load.
     * @param stretchNs length of each, ns.
     */
    public record Lengths(int sustainedS, int rounds, long stretchNs) {}

    /** Measures: recording at a high rate, publishing under load, memory. */
    public List<Section> measure() throws IOException {
        final List<Section> sections = new ArrayList<>();
        final List<MemoryWatch.Sample> atRate;
        final List<MemoryWatch.Sample> underLoad;
        final String session;
        try (RecorderRig rig = new RecorderRig(place.home, place.name + "-rate", place.data, place.logs);
                MemoryWatch memory = new MemoryWatch(rig::pid)) {
            sections.add(new SustainedPart(rig, place.logs, lengths.sustainedS, progress).measure());
            session = rig.session().sessionId();
            atRate = memory.samples();
        }
        try (RecorderRig rig = new RecorderRig(place.home, place.name + "-load", place.data, place.logs);
                MemoryWatch memory = new MemoryWatch(rig::pid)) {
            sections.add(publishing(rig, session));
            underLoad = memory.samples();
        }
        sections.add(memory(atRate, underLoad));
        return sections;
    }

    /** What comes of it or not, the memory was looked at. */
    private Section publishing(final RecorderRig rig, final String session) throws IOException {
        try {
            return new PublishPart(rig, day, session, place.logs, lengths.rounds, lengths.stretchNs, progress)
                    .measure();
        } catch (final CommandFailure e) {
            progress.accept(e.getMessage());
            final Section section = new Section("publishing a joint state, 1,000 a second");
            section.failed("publishing under load over idle", String.valueOf(e.getMessage()));
            return section;
        }
    }

    private static Section memory(final List<MemoryWatch.Sample> atRate, final List<MemoryWatch.Sample> underLoad) {
        final Section section = new Section("memory of the recorder, RssAnon and RssFile");
        add(section, "at 24,000 joint states/s", atRate);
        add(section, "at 1,000/s; stall, scans of all rows, a rebuild", underLoad);
        final double most = Math.max(most(atRate), most(underLoad));
        section.atMost("most memory of the recorder at any time", Figure.bytes("", most), MEMORY_BAR_BYTES);
        section.note("looked at once a second; engines included, and not the log buffers, which all processes share");
        section.picture("store-memory.svg", chart(atRate, underLoad));
        return section;
    }

    private static void add(final Section section, final String label, final List<MemoryWatch.Sample> samples) {
        final long[] sorted =
                samples.stream().mapToLong(MemoryWatch.Sample::bytes).sorted().toArray();
        section.add(
                label,
                Figure.bytes("median", sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2]),
                Figure.bytes(
                        "end",
                        samples.isEmpty()
                                ? Double.NaN
                                : samples.get(samples.size() - 1).bytes()),
                Figure.bytes("max", most(samples)),
                Figure.count("seconds", samples.size()));
    }

    private static String chart(final List<MemoryWatch.Sample> atRate, final List<MemoryWatch.Sample> underLoad) {
        final double lastS = Math.max(60, Math.max(last(atRate), last(underLoad)));
        final List<Double> minutes = new ArrayList<>();
        for (double atS = 0; atS <= lastS; atS += 60) {
            minutes.add(atS);
        }
        final double topMb = 500 * Math.ceil(Math.max(most(atRate), most(underLoad)) / (500 * BYTES_PER_MB));
        final LineChart chart = new LineChart(
                "Memory of the recorder, RssAnon and RssFile, MB",
                new LineChart.Axis(0, lastS, false, minutes, atS -> (int) (atS / 60) + " min"),
                new LineChart.Axis(
                        0,
                        topMb,
                        false,
                        IntStream.rangeClosed(0, 5).mapToObj(i -> topMb / 5 * i).toList(),
                        tick -> Integer.toString((int) tick)));
        curve(chart, "24,000 joint states/s", atRate);
        curve(chart, "stall, scans, rebuild", underLoad);
        chart.addLimit("bar: " + Unit.BYTES.text(MEMORY_BAR_BYTES), MEMORY_BAR_BYTES / BYTES_PER_MB);
        return chart.draw();
    }

    private static void curve(final LineChart chart, final String label, final List<MemoryWatch.Sample> samples) {
        chart.add(
                label,
                samples.stream().mapToDouble(MemoryWatch.Sample::atS).toArray(),
                samples.stream()
                        .mapToDouble(sample -> sample.bytes() / BYTES_PER_MB)
                        .toArray());
    }

    private static double most(final List<MemoryWatch.Sample> samples) {
        return samples.stream().mapToLong(MemoryWatch.Sample::bytes).max().orElse(0);
    }

    private static double last(final List<MemoryWatch.Sample> samples) {
        return samples.isEmpty() ? 0 : samples.get(samples.size() - 1).atS();
    }
}
