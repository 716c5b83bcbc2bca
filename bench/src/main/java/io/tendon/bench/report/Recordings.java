package io.tendon.bench.report;

import io.tendon.bench.chart.Unit;
import io.tendon.bench.recording.RecordingFigures;
import io.tendon.bench.recording.RecordingRig;
import io.tendon.certify.measure.Median;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Recording by us, by the bare archive and by a plain sequential write, over all rounds. Main thread. */
public final class Recordings {
    private static final double LEAST_RATIO = 0.8;

    private final List<RecordingFigures> ours = new ArrayList<>();
    private final List<RecordingFigures> archive = new ArrayList<>();
    private final List<RecordingFigures> disk = new ArrayList<>();

    /** Nothing is measured yet. */
    public Recordings() {}

    /**
     * Measures and adds a round; which of the two recorders comes first changes from round to round.
     *
     * @param rig on the disk that is measured.
     * @throws IOException when the disk cannot be written.
     */
    public void measure(final RecordingRig rig) throws IOException {
        // The first file of that size is for pages that this machine has not touched lately: a virtual one has to get
        // them.
        rig.disk();
        final RecordingFigures archiveBefore = ours.size() % 2 == 1 ? rig.archive() : null;
        final RecordingFigures byUs = rig.tendon();
        add(byUs, archiveBefore == null ? rig.archive() : archiveBefore, rig.disk());
    }

    /** Adds a round. */
    public void add(final RecordingFigures byUs, final RecordingFigures byArchive, final RecordingFigures byDisk) {
        ours.add(byUs);
        archive.add(byArchive);
        disk.add(byDisk);
    }

    /** Whether nothing was measured. */
    public boolean isEmpty() {
        return ours.isEmpty();
    }

    /** Our recorder, every round. */
    public List<RecordingFigures> ours() {
        return List.copyOf(ours);
    }

    /** The bare archive, every round. */
    public List<RecordingFigures> archive() {
        return List.copyOf(archive);
    }

    /** The plain write, every round. */
    public List<RecordingFigures> disk() {
        return List.copyOf(disk);
    }

    /** Ours over the bare archive's within a round, until everything is on the device; the median round's. */
    public double ratio() {
        return Median.of(IntStream.range(0, ours.size())
                .mapToDouble(
                        i -> ours.get(i).durableMibPerSecond() / archive.get(i).durableMibPerSecond()));
    }

    /** What {@link #ratio()} is held to. */
    public Bar bar() {
        return Bar.atLeast(
                "recording over the bare archive's, until all is on the device", Unit.RATIO, ratio(), LEAST_RATIO);
    }

    /** One figure, the median round's. */
    public static double median(final List<RecordingFigures> rounds, final ToDoubleFunction<RecordingFigures> figure) {
        return Median.of(rounds.stream().mapToDouble(figure));
    }
}
