package io.tendon.store.history;

import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Database of a part of a session's history: messages that were captured from a whole minute on until the next part begins.
 * Its file is named after that minute; the first part begins before all time. Immutable; any thread.
 *
 * @param directory of the session's indices.
 * @param fromNs capture time from which on it holds messages, ns since the epoch; a whole minute or {@link #BEGINNING}.
 */
record PartFile(Path directory, long fromNs) {
    /** Where the first part begins. */
    static final long BEGINNING = Long.MIN_VALUE;

    private static final String STEM = "history";
    private static final String EXTENSION = ".duckdb";
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm'Z'", Locale.ROOT);

    /**
     * The parts of a session's history, whose files are there.
     *
     * @param directory of the session's indices.
     * @return by where they begin.
     */
    static NavigableMap<Long, PartFile> list(final Path directory) {
        final NavigableMap<Long, PartFile> parts = new TreeMap<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.forEach(file -> {
                    final Long fromNs = fromNs(String.valueOf(file.getFileName()));
                    if (fromNs != null) {
                        parts.put(fromNs, new PartFile(directory, fromNs));
                    }
                });
            } catch (final IOException e) {
                throw new StoreException(directory + ": cannot be listed (" + e + "); check its rights", e);
            }
        }
        return parts;
    }

    private static @Nullable Long fromNs(final String fileName) {
        if (fileName.equals(STEM + EXTENSION)) {
            return BEGINNING;
        }
        if (!fileName.startsWith(STEM + '-') || !fileName.endsWith(EXTENSION)) {
            return null;
        }
        try {
            final String minute = fileName.substring(STEM.length() + 1, fileName.length() - EXTENSION.length());
            return LocalDateTime.parse(minute, MINUTE).toEpochSecond(ZoneOffset.UTC) * NS_PER_SECOND;
        } catch (final DateTimeParseException e) {
            return null;
        }
    }

    /** Where it is stored. */
    Path path() {
        return directory.resolve(isFirst() ? STEM + EXTENSION : STEM + '-' + minute() + EXTENSION);
    }

    /** What the engine calls it. */
    String name() {
        return isFirst() ? STEM : STEM + '_' + minute();
    }

    /** Deletes its files, which nobody has open. */
    void delete() {
        for (final String suffix : new String[] {".wal", ""}) {
            final Path file = withSuffix(suffix);
            try {
                Files.deleteIfExists(file);
            } catch (final IOException e) {
                throw new StoreException(
                        file + ": cannot be deleted (" + e + "); check the rights of its directory", e);
            }
        }
    }

    /**
     * Moves one of its files out of the way, if it is there; one that was put there before is replaced.
     *
     * @param suffix of its write-ahead log, or empty for the database.
     * @param reason for a person.
     * @param notices is told.
     */
    void setAside(final String suffix, final String reason, final Consumer<String> notices) {
        final Path file = withSuffix(suffix);
        if (!Files.exists(file)) {
            return;
        }
        final Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new StoreException(file + ": " + reason + " nor set aside (" + e + "); check its rights", e);
        }
        notices.accept(file + ": " + reason + "; set aside as " + aside.getFileName()
                + ", what it held is made again from the recording");
    }

    private Path withSuffix(final String suffix) {
        return path().resolveSibling(path().getFileName() + suffix);
    }

    private boolean isFirst() {
        return fromNs == BEGINNING;
    }

    private String minute() {
        return MINUTE.format(
                Instant.ofEpochSecond(Math.floorDiv(fromNs, NS_PER_SECOND)).atOffset(ZoneOffset.UTC));
    }
}
