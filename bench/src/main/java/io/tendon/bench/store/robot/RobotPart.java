package io.tendon.bench.store.robot;

import io.tendon.bench.chart.LineChart;
import io.tendon.bench.chart.Unit;
import io.tendon.bench.figures.Figure;
import io.tendon.bench.figures.Section;
import io.tendon.bench.run.Progress;
import io.tendon.bench.store.history.DayHistory;
import io.tendon.certify.measure.Median;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A recorder under all that is done to it, one thing after another, and its memory meanwhile. Main thread. */
public final class RobotPart {
    private static final double MEMORY_BAR_BYTES = 450e6;
    private static final double BYTES_PER_MB = 1e6;

    private final RobotPlace place;
    private final Lengths lengths;
    private final DayHistory day;
    private final Progress progress;

    /**
     * A part.
     *
     * @param place where it runs; on the disk of the long history.
     * @param lengths how long.
     * @param day a long history.
     * @param progress takes lines for the user.
     */
    public RobotPart(final RobotPlace place, final Lengths lengths, final DayHistory day, final Progress progress) {
        this.place = place;
        this.lengths = lengths;
        this.day = day;
        this.progress = progress;
    }

    /**
     * How long. Immutable.
     *
     * @param sustainedS at twenty times a robot's rate, s.
     * @param rounds stretches without and with a load.
     * @param stretchNs length of each, ns.
     */
    public record Lengths(int sustainedS, int rounds, long stretchNs) {}

    /**
     * What a recorder took of the memory. Immutable.
     *
     * @param samples at each look.
     * @param isWhole whether what was done to it came to its end meanwhile.
     */
    private record Memory(List<MemoryWatch.Sample> samples, boolean isWhole) {}

    /** What is done to a recorder. */
    private interface Doing {
        Section measure(RecorderRig rig) throws IOException;
    }

    /** Measures: recording at a high rate, publishing under load, memory. */
    public List<Section> measure() throws IOException {
        day.make(progress);
        final List<Section> sections = new ArrayList<>();
        final String[] session = new String[1];
        final Memory atRate = watched("rate", "recording at a high rate", sections, rig -> {
            session[0] = rig.session().sessionId();
            return new SustainedPart(rig, place.logs(), lengths.sustainedS, progress).measure();
        });
        final Memory underLoad = watched(
                "load",
                PublishPart.TITLE,
                sections,
                rig -> new PublishPart(rig, day, session[0], place.logs(), lengths.rounds, lengths.stretchNs, progress)
                        .measure());
        sections.add(memory(atRate, underLoad));
        return sections;
    }

    /** What comes of it or not, the memory was looked at. */
    private Memory watched(final String suffix, final String what, final List<Section> sections, final Doing doing)
            throws IOException {
        try (RecorderRig rig = new RecorderRig(place.of(suffix))) {
            final MemoryWatch memory = new MemoryWatch(rig::pid);
            boolean isWhole = false;
            try (memory) {
                sections.add(doing.measure(rig));
                isWhole = true;
            } catch (final IOException | RuntimeException e) {
                sections.add(Section.failed(what, progress.failed(e)));
            }
            return new Memory(memory.samples(), isWhole);
        }
    }

    private static Section memory(final Memory atRate, final Memory underLoad) {
        final Section section = new Section("memory of the recorder, RssAnon and RssFile");
        add(section, "24,000 joint states/s", atRate.samples);
        add(section, "1,000/s; stall, scans, rebuild", underLoad.samples);
        final double most = Math.max(most(atRate.samples), most(underLoad.samples));
        section.atMost(
                "most memory of the recorder at any time",
                Unit.BYTES,
                atRate.isWhole && underLoad.isWhole ? most : Double.NaN,
                MEMORY_BAR_BYTES);
        section.note("looked at once a second; engines included, and not the log buffers, which all processes share");
        if (Double.isFinite(most)) {
            section.picture("store-memory.svg", chart(atRate.samples, underLoad.samples));
        }
        return section;
    }

    private static void add(final Section section, final String label, final List<MemoryWatch.Sample> samples) {
        section.add(
                label,
                Figure.bytes("median", Median.of(samples.stream().mapToDouble(MemoryWatch.Sample::bytes))),
                Figure.bytes(
                        "end",
                        samples.isEmpty()
                                ? Double.NaN
                                : samples.get(samples.size() - 1).bytes()),
                Figure.bytes("max", most(samples)),
                Figure.count("looks", samples.size()));
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
        return samples.stream().mapToDouble(MemoryWatch.Sample::bytes).max().orElse(Double.NaN);
    }

    private static double last(final List<MemoryWatch.Sample> samples) {
        return samples.isEmpty() ? 0 : samples.get(samples.size() - 1).atS();
    }
}
