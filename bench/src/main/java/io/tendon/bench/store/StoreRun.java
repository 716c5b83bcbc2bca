package io.tendon.bench.store;

import io.tendon.bench.recording.RecordingFigures;
import io.tendon.bench.recording.RecordingRig;
import io.tendon.bench.report.Recordings;
import io.tendon.bench.store.engine.EnginePart;
import io.tendon.bench.store.figures.Figure;
import io.tendon.bench.store.figures.Section;
import io.tendon.bench.store.history.DayHistory;
import io.tendon.bench.store.history.RangePart;
import io.tendon.bench.store.robot.RestartPart;
import io.tendon.bench.store.robot.RobotPart;
import io.tendon.bench.store.vector.NeighbourPart;
import io.tendon.bus.config.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.IoUtil;

/** One run: part by part, each in a directory of its own that is deleted behind it. Main thread. */
final class StoreRun {
    private static final double RECORDING_BAR = 0.8;

    private final StoreLengths lengths;
    private final Place place;
    private final Consumer<String> progress;

    StoreRun(final StoreLengths lengths, final Place place, final Consumer<String> progress) {
        this.lengths = lengths;
        this.place = place;
        this.progress = progress;
    }

    /**
     * Where it runs. Immutable.
     *
     * @param home of the installation.
     * @param name that the names of all robots begin with.
     * @param data directory on the disk that is measured; its own.
     * @param day directory of the long history, on the same disk; kept.
     * @param logs directory for what the processes print; its own.
     */
    record Place(Path home, String name, Path data, Path day, Path logs) {}

    List<Section> measure(final Set<StorePart> parts) throws IOException {
        final List<Section> sections = new ArrayList<>();
        for (final StorePart part : StorePart.values()) {
            if (parts.contains(part)) {
                progress.accept(part.name().toLowerCase(Locale.ROOT));
                final Path data =
                        Files.createDirectories(place.data.resolve(part.name().toLowerCase(Locale.ROOT)));
                try {
                    sections.addAll(measure(part, data));
                } catch (final CommandFailure e) {
                    // The other parts say what they say all the same.
                    progress.accept(e.getMessage());
                    final Section section = new Section(part.name().toLowerCase(Locale.ROOT));
                    section.failed(section.title(), String.valueOf(e.getMessage()));
                    sections.add(section);
                } finally {
                    IoUtil.delete(data.toFile(), true);
                }
            }
        }
        return sections;
    }

    private List<Section> measure(final StorePart part, final Path data) throws IOException {
        return switch (part) {
            case RANGES ->
                List.of(new RangePart(
                                place.day, data.resolve("hour"), lengths.minutes(), lengths.rangeRounds(), progress)
                        .measure());
            case NEIGHBOURS ->
                List.of(new NeighbourPart(
                                data,
                                lengths.vectors().stream()
                                        .mapToInt(Integer::intValue)
                                        .toArray(),
                                lengths.dimension(),
                                lengths.vectorQuestions(),
                                progress)
                        .measure());
            case ENGINES ->
                List.of(new EnginePart(data, lengths.engineRows(), lengths.engineQuestions(), progress).measure());
            case RESTART ->
                List.of(new RestartPart(
                                place.home,
                                place.name,
                                data,
                                place.logs,
                                lengths.littleBytes(),
                                lengths.muchBytes(),
                                lengths.restarts(),
                                progress)
                        .measure());
            case RECORDING -> List.of(recording(data));
            case ROBOT -> robot(data);
        };
    }

    private List<Section> robot(final Path data) throws IOException {
        DayHistory.make(place.day, lengths.minutes(), progress);
        return new RobotPart(
                        new RobotPart.Place(place.home, place.name, data, place.logs),
                        new RobotPart.Lengths(
                                lengths.sustainedS(),
                                lengths.rounds(),
                                TimeUnit.MILLISECONDS.toNanos(lengths.stretchMs())),
                        place.day,
                        progress)
                .measure();
    }

    private Section recording(final Path data) throws IOException {
        final RecordingRig rig =
                new RecordingRig(place.name, data.resolve("recording"), place.logs, lengths.recordedMessages());
        final Recordings recordings = new Recordings();
        for (int round = 0; round < lengths.recordings(); round++) {
            progress.accept("  recording " + (round + 1) + " of " + lengths.recordings());
            // For pages that this machine has not touched lately; and who comes first changes.
            rig.disk();
            final RecordingFigures before = round % 2 == 1 ? rig.archive() : null;
            final RecordingFigures ours = rig.tendon();
            recordings.add(ours, before == null ? rig.archive() : before, rig.disk());
        }
        final Section section = new Section("recording alone, until all is on the device");
        add(section, "Tendon, without indices", recordings.ours());
        add(section, "bare Aeron Archive", recordings.archive());
        add(section, "sequential write, fdatasync", recordings.disk());
        section.atLeast(
                "recording over the bare archive's, until all is on the device",
                Figure.ratio("", recordings.ratio()),
                RECORDING_BAR);
        return section;
    }

    private static void add(final Section section, final String label, final List<RecordingFigures> rounds) {
        section.add(
                label,
                Figure.bytes("a second", Recordings.median(rounds, RecordingFigures::durableMibPerSecond) * (1 << 20)));
    }
}
