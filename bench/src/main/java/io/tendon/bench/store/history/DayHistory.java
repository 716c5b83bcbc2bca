package io.tendon.bench.store.history;

import io.tendon.bench.store.source.ArmMessages;
import io.tendon.bench.store.source.MessageFeed;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.store.history.EngineLimits;
import io.tendon.store.history.HistoryIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Joint states of a robot at its real rate, 1,000 a second, over minutes to a day, taken in by the index itself, message by
 * message and a commit each five seconds of them. Main thread.
 */
public final class DayHistory {
    /** Capture time of the first message, at the beginning of a minute, is less than a cycle behind this; ns. */
    public static final long START_NS = 1_767_225_600_000_000_000L;

    /** Messages of a minute. */
    public static final long MINUTE_ROWS = 60_000;

    /** A minute, ns. */
    public static final long MINUTE_NS = 60_000_000_000L;

    private static final int ROWS_A_COMMIT = 5_000;
    private static final int TELL_EVERY_MINUTES = 120;
    private static final String MADE = "made";

    private DayHistory() {}

    /**
     * Makes a history, unless it is there.
     *
     * @param directory for it; its own.
     * @param minutes how long.
     * @param progress takes lines for the user.
     * @throws IOException when it cannot be written.
     */
    public static void make(final Path directory, final int minutes, final Consumer<String> progress)
            throws IOException {
        final Path made = directory.resolve(MADE);
        final String what = minutes + " minutes of " + ArmMessages.LENGTH_BYTES + " bytes, taken in one by one\n";
        if (Files.exists(made) && Files.readString(made).equals(what)) {
            progress.accept("  history of " + minutes + " minutes: is there");
            return;
        }
        Files.deleteIfExists(made);
        Files.createDirectories(directory);
        HistoryIndex.drop(directory);
        takeIn(directory, minutes, progress);
        Files.writeString(made, what);
    }

    /** What it takes on the disk, bytes. */
    static long sizeBytes(final Path directory) throws IOException {
        long bytes = 0;
        for (final Path part : HistoryIndex.files(directory)) {
            bytes += Files.size(part);
        }
        return bytes;
    }

    /** Whether a whole one is there. */
    public static boolean isMade(final Path directory) {
        return Files.exists(directory.resolve(MADE));
    }

    /** Opens it with the limits of a recorder. */
    static HistoryIndex open(final Path directory) {
        return HistoryIndex.open(
                directory,
                MessageIr.decode(MessageSchema.irBytes()),
                new EngineLimits(EngineLimits.LIVE_MEMORY_MIB, 1, directory.resolve("spill")),
                notice -> {
                    throw new CommandFailure("history: " + notice);
                });
    }

    private static void takeIn(final Path directory, final int minutes, final Consumer<String> progress) {
        final ArmMessages messages = new ArmMessages();
        final MessageFeed feed = new MessageFeed(StreamCatalog.CONTROL_STATE, ArmMessages.LENGTH_BYTES);
        try (HistoryIndex index = open(directory)) {
            for (long i = 0; i < minutes * MINUTE_ROWS; i++) {
                messages.encode(feed.buffer(), 0, i, START_NS + i * ArmMessages.PERIOD_NS + messages.jitterNs(i));
                index.onMessage(feed.next(ArmMessages.LENGTH_BYTES));
                if (i % ROWS_A_COMMIT == ROWS_A_COMMIT - 1) {
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
}
