package io.tendon.bench.store.history;

import io.tendon.bench.run.Progress;
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
import java.nio.file.StandardCopyOption;
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
    private static final String BEING_MADE = "being-made";

    private final Path directory;
    private final int minutes;

    /**
     * A history, there or not.
     *
     * @param directory of it; its own.
     * @param minutes how long it is to be.
     */
    public DayHistory(final Path directory, final int minutes) {
        this.directory = directory;
        this.minutes = minutes;
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
            if (Files.exists(directory) && !Files.exists(directory.resolve(BEING_MADE)) && !isEmpty()) {
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
     * @param data a directory on it.
     * @throws ConfigException when it is on another one.
     * @throws IOException when the disks cannot be asked.
     */
    public void requireOn(final Path data) throws IOException {
        Path there = directory;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.getFileStore(there).equals(Files.getFileStore(data))) {
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
     * @throws IOException when it cannot be written.
     */
    public void make(final Progress progress) throws IOException {
        if (isMade()) {
            progress.accept("  history of " + minutes + " minutes: is there");
            return;
        }
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(BEING_MADE), what() + '\n');
        HistoryIndex.drop(directory);
        takeIn(progress);
        final List<String> lines = new ArrayList<>(List.of(what()));
        lines.addAll(files());
        Files.write(directory.resolve(BEING_MADE), lines);
        Files.move(directory.resolve(BEING_MADE), directory.resolve(MADE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes what was made of one that is not whole, and nothing else. Any thread. */
    public void dropUnfinished() {
        if (Files.exists(directory.resolve(BEING_MADE))) {
            HistoryIndex.drop(directory);
            IoUtil.delete(spill(directory).toFile(), true);
            IoUtil.delete(directory.resolve(BEING_MADE).toFile(), true);
        }
    }

    /**
     * Puts it into a session's directory, where a recorder goes on with it: of what is written no more the same files, of the
     * last part a copy, so that nothing that happens there changes it.
     *
     * @param index directory of the session's indices, on the same disk; holds no history afterwards but this one.
     * @throws IOException when it cannot be written.
     */
    public void lend(final Path index) throws IOException {
        HistoryIndex.drop(index);
        Files.createDirectories(index);
        final List<Path> files = HistoryIndex.files(directory);
        for (final Path file : files) {
            final Path lent = index.resolve(file.getFileName());
            if (file.equals(files.get(files.size() - 1))) {
                Files.copy(file, lent);
            } else {
                Files.createLink(lent, file);
            }
        }
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
        return HistoryIndex.open(
                directory,
                MessageIr.decode(MessageSchema.irBytes()),
                new EngineLimits(EngineLimits.LIVE_MEMORY_MIB, 1, spill(directory)),
                notice -> {
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
