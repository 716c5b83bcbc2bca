package io.tendon.bench.store;

import io.tendon.bench.figures.Figure;
import io.tendon.bench.figures.Section;
import io.tendon.bench.recording.RecordingFigures;
import io.tendon.bench.recording.RecordingRig;
import io.tendon.bench.report.Recordings;
import io.tendon.bench.run.Progress;
import io.tendon.bench.run.RunPlace;
import io.tendon.bench.store.engine.EnginePart;
import io.tendon.bench.store.history.DayHistory;
import io.tendon.bench.store.history.RangePart;
import io.tendon.bench.store.robot.RestartPart;
import io.tendon.bench.store.robot.RobotPart;
import io.tendon.bench.store.robot.RobotPlace;
import io.tendon.bench.store.vector.NeighbourPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;

/** One run: part by part, each in a directory of its own that is deleted behind it. Main thread. */
final class StoreRun {
    private static final double BYTES_PER_MIB = 1 << 20;
    private static final String SQLITE_LIBRARY = "org.sqlite.tmpdir";

    private final StoreLengths lengths;
    private final Path home;
    private final RunPlace place;
    private final DayHistory day;
    private final Progress progress;

    /**
     * A run.
     *
     * @param lengths how much is measured.
     * @param home of the installation.
     * @param place its own.
     * @param day the long history; on the disk of the place.
     * @param progress takes lines for the user.
     */
    StoreRun(
            final StoreLengths lengths,
            final Path home,
            final RunPlace place,
            final DayHistory day,
            final Progress progress) {
        this.lengths = lengths;
        this.home = home;
        this.place = place;
        this.day = day;
        this.progress = progress;
    }

    /** Measures; of a part that cannot be, it is said why, and the others say what they say all the same. */
    List<Section> measure(final Set<StorePart> parts) throws IOException {
        Files.createDirectories(place.memory());
        // SQLite unpacks its library, and deletes it at an end in order alone.
        System.setProperty(SQLITE_LIBRARY, Files.createDirectories(place.disk()).toString());
        final List<Section> sections = new ArrayList<>();
        for (final StorePart part : parts) {
            final String name = part.name().toLowerCase(Locale.ROOT);
            progress.accept(name);
            final Path data = place.disk().resolve(name);
            try {
                Files.createDirectories(data);
                sections.addAll(measure(part, data));
            } catch (final IOException | SQLException | RuntimeException e) {
                sections.add(Section.failed(name, progress.failed(e)));
            } finally {
                IoUtil.delete(data.toFile(), true);
            }
        }
        return sections;
    }

    private List<Section> measure(final StorePart part, final Path data) throws IOException, SQLException {
        final RobotPlace robot = new RobotPlace(home, place.name(), data, place.memory());
        return switch (part) {
            case RANGES -> List.of(new RangePart(day, data.resolve("hour"), lengths.rangeRounds(), progress).measure());
            case NEIGHBOURS ->
                List.of(new NeighbourPart(
                                data, lengths.vectors(), lengths.dimension(), lengths.vectorQuestions(), progress)
                        .measure());
            case ENGINES ->
                List.of(new EnginePart(data, lengths.engineRows(), lengths.engineQuestions(), progress).measure());
            case RESTART ->
                List.of(new RestartPart(robot, lengths.littleBytes(), lengths.muchBytes(), lengths.restarts(), progress)
                        .measure());
            case RECORDING -> List.of(recording(data));
            case ROBOT ->
                new RobotPart(
                                robot,
                                new RobotPart.Lengths(
                                        lengths.sustainedS(),
                                        lengths.rounds(),
                                        TimeUnit.MILLISECONDS.toNanos(lengths.stretchMs())),
                                day,
                                progress)
                        .measure();
        };
    }

    private Section recording(final Path data) throws IOException {
        final RecordingRig rig =
                new RecordingRig(place.name(), data.resolve("recording"), place.memory(), lengths.recordedMessages());
        final Recordings recordings = new Recordings();
        for (int round = 0; round < lengths.recordings(); round++) {
            progress.accept("  recording " + (round + 1) + " of " + lengths.recordings());
            recordings.measure(rig);
        }
        final Section section = new Section("recording alone, until all is on the device");
        add(section, "Tendon, without indices", recordings.ours());
        add(section, "bare Aeron Archive", recordings.archive());
        add(section, "sequential write, fdatasync", recordings.disk());
        section.add(recordings.bar());
        return section;
    }

    private static void add(final Section section, final String label, final List<RecordingFigures> rounds) {
        section.add(
                label,
                Figure.bytesPerSecond(
                        "written", Recordings.median(rounds, RecordingFigures::durableMibPerSecond) * BYTES_PER_MIB));
    }
}
