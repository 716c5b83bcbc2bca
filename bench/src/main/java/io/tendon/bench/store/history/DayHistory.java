package io.tendon.bench.store.history;

import io.tendon.bench.chart.Unit;
import io.tendon.bench.run.Progress;
import io.tendon.bench.run.RunPlace;
import io.tendon.bench.store.source.ArmMessages;
import io.tendon.bench.store.source.MessageFeed;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.store.history.EngineLimits;
import io.tendon.store.history.HistoryIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.agrona.IoUtil;

/**
 * Joint states of a robot at its real rate, 1,000 a second, over minutes to a day, taken in by the index itself, message by
 * message and a commit each five seconds of them. A file written last says that it is whole, and names its files with their
 * lengths; one that stands there meanwhile says that it is being made. Main thread, but for {@link #dropUnfinished}.
 */
public final class DayHistory {
    /** Capture time of the first message, at the beginning of a minute, is less than a cycle behind this; ns. */
    public static final long START_NS = ArmMessages.START_NS;

    /** Messages of a minute. */
    public static final long MINUTE_ROWS = 60_000;

    /** A minute, ns. */
    public static final long MINUTE_NS = 60_000_000_000L;

    private static final int ROWS_A_COMMIT = 5_000;
    private static final int TELL_EVERY_MINUTES = 120;
    private static final String MADE = "made";

    private final Path directory;
    private final int minutes;
    private final EngineLimits limits;
    private final BeingMade beingMade;

    /**
     * A history, there or not.
     *
     * @param directory of it; its own.
     * @param minutes how long it is to be.
     */
    public DayHistory(final Path directory, final int minutes) {
        this(directory, minutes, new EngineLimits(EngineLimits.LIVE_MEMORY_MIB, 1, spill(directory)));
    }

    /** With parts of another length than usual, messages. */
    DayHistory(final Path directory, final int minutes, final long partRows) {
        this(directory, minutes, new EngineLimits(EngineLimits.LIVE_MEMORY_MIB, 1, spill(directory), partRows));
    }

    private DayHistory(final Path directory, final int minutes, final EngineLimits limits) {
        this.directory = directory;
        this.minutes = minutes;
        this.limits = limits;
        this.beingMade = new BeingMade(directory.resolve("being-made"));
    }

    /** How long it is to be, minutes. */
    public int minutes() {
        return minutes;
    }

    /** How many messages it is to have. */
    public long rows() {
        return minutes * MINUTE_ROWS;
    }

    /**
     * Looks whether it is there, or can be made there, without harm to anything that is.
     *
     * @return whether it is there and whole.
     * @throws ConfigException when something else is there: another history, a part of one, or anything that is no history.
     * @throws IOException when the directory cannot be read.
     */
    public boolean isMade() throws IOException {
        final Path made = directory.resolve(MADE);
        if (!Files.exists(made)) {
            if (Files.exists(directory) && !beingMade.isThere() && !isEmpty()) {
                throw unusable(
                        "holds files, of which none says that they are such a history",
                        "must be empty, or be one that run.sh store has made");
            }
            return false;
        }
        final List<String> lines = Files.readAllLines(made);
        if (lines.isEmpty() || !lines.get(0).equals(what())) {
            throw unusable("holds: " + (lines.isEmpty() ? "" : lines.get(0)), "must be: " + what());
        }
        final List<String> files = files();
        if (!lines.subList(1, lines.size()).equals(files)) {
            throw unusable(
                    "is not whole any more: has " + String.join(", ", files),
                    "must have " + String.join(", ", lines.subList(1, lines.size())));
        }
        return true;
    }

    /**
     * Fails unless it is, or comes to be, on a disk.
     *
     * @param data a directory on it; need not be there.
     * @throws ConfigException when it is on another one.
     * @throws IOException when the disks cannot be asked.
     */
    public void requireOn(final Path data) throws IOException {
        if (!RunPlace.device(directory).equals(RunPlace.device(data))) {
            throw new ConfigException(
                    "day",
                    directory,
                    "must be on the disk of " + data + ", since a recorder goes on with the same files",
                    "name a directory there, or another with --data");
        }
    }

    /**
     * Makes it, unless it is there; what a run has left half made is made anew.
     *
     * @param progress takes lines for the user.
     * @throws ConfigException as {@link #isMade} does, and when another run makes it.
     * @throws IOException when it cannot be written.
     */
    public void make(final Progress progress) throws IOException {
        if (isMade()) {
            progress.accept("  history of " + minutes + " minutes: is there");
            return;
        }
        final long beganNs = System.nanoTime();
        Files.createDirectories(directory);
        final Path made = directory.resolve(MADE);
        if (!beingMade.take(made)) {
            throw new ConfigException(
                    "day",
                    directory,
                    "is being made by another run, or just was, must be made by one alone",
                    "wait until that has ended, or name another directory");
        }
        beingMade.write(List.of(what()));
        HistoryIndex.drop(directory);
        takeIn(progress);
        final List<String> lines = new ArrayList<>(List.of(what()));
        lines.addAll(files());
        beingMade.write(lines);
        beingMade.become(made);
        progress.accept("  history of " + minutes + " minutes: made in " + Unit.NS.text(System.nanoTime() - beganNs));
    }

    /** Deletes what this run has made of one that is not whole, and nothing else. Any thread; may be done twice. */
    public void dropUnfinished() {
        if (beingMade.isMine()) {
            HistoryIndex.drop(directory);
            IoUtil.delete(spill(directory).toFile(), true);
            beingMade.delete();
        }
    }

    /**
     * Puts it into a session's directory, where a recorder goes on with it: of parts that are sealed the same files, which are
     * only read, of the others a copy, so that nothing that happens there changes it.
     *
     * @param index directory of the session's indices, on the same disk; holds no history afterwards but this one.
     * @throws IOException when it cannot be written.
     */
    public void lend(final Path index) throws IOException {
        HistoryIndex.drop(index);
        Files.createDirectories(index);
        final List<Path> sealed = HistoryIndex.sealedFiles(directory);
        for (final Path file : HistoryIndex.files(directory)) {
            final Path lent = index.resolve(file.getFileName());
            if (sealed.contains(file)) {
                Files.createLink(lent, file);
            } else {
                Files.copy(file, lent);
            }
        }
    }

    /** How many parts it stands in. */
    int parts() {
        return HistoryIndex.files(directory).size();
    }

    /** How many of them are sealed. */
    int sealedParts() {
        return HistoryIndex.sealedFiles(directory).size();
    }

    /** What it takes on the disk, bytes. */
    long sizeBytes() throws IOException {
        long bytes = 0;
        for (final Path part : HistoryIndex.files(directory)) {
            bytes += Files.size(part);
        }
        return bytes;
    }

    /** Opens it with the limits of a recorder. */
    HistoryIndex open() {
        return HistoryIndex.open(directory, MessageIr.decode(MessageSchema.irBytes()), limits, notice -> {
            throw new CommandFailure("history: " + notice);
        });
    }

    private static Path spill(final Path directory) {
        return directory.resolve("spill");
    }

    private void takeIn(final Progress progress) {
        final ArmMessages messages = new ArmMessages();
        final MessageFeed feed = new MessageFeed(StreamCatalog.CONTROL_STATE, ArmMessages.LENGTH_BYTES);
        try (HistoryIndex index = open()) {
            for (long i = 0; i < rows(); i++) {
                messages.encode(feed.buffer(), i);
                index.onMessage(feed.next(ArmMessages.LENGTH_BYTES));
                if (i % ROWS_A_COMMIT == ROWS_A_COMMIT - 1) {
                    progress.requireWanted();
                    index.commit();
                }
                if (i % (TELL_EVERY_MINUTES * MINUTE_ROWS) == TELL_EVERY_MINUTES * MINUTE_ROWS - 1) {
                    progress.accept("  history of " + minutes + " minutes: " + (i + 1) / MINUTE_ROWS);
                }
            }
            index.commit();
            index.complete();
        }
    }

    private String what() {
        final CRC32 schema = new CRC32();
        schema.update(MessageSchema.irBytes());
        return minutes + " minutes of " + ArmMessages.LENGTH_BYTES + " bytes a message, schema "
                + Long.toHexString(schema.getValue());
    }

    /** A line each: name and length, bytes. */
    private List<String> files() throws IOException {
        final List<String> files = new ArrayList<>();
        for (final Path file : HistoryIndex.files(directory)) {
            files.add(file.getFileName() + " " + Files.size(file));
        }
        return files;
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.findAny().isEmpty();
        }
    }

    private ConfigException unusable(final String actual, final String rule) {
        return new ConfigException(
                "day", directory, actual + ", " + rule, "name another directory, or delete it by hand");
    }
}
