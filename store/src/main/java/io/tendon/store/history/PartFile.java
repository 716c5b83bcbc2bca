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
 * Its file is named after that minute; the first part begins before all time. One that is open to more messages stands in
 * small pieces, a sealed one in large ones and is only read. Immutable; any thread.
 *
 * @param directory of the session's indices.
 * @param fromNs capture time from which on it holds messages, ns since the epoch; a whole minute or {@link #BEGINNING}.
 * @param isSealed whether it is the sealed form.
 */
record PartFile(Path directory, long fromNs, boolean isSealed) {
    /** Where the first part begins. */
    static final long BEGINNING = Long.MIN_VALUE;

    private static final String STEM = "history";
    private static final String EXTENSION = ".duckdb";
    private static final String SEALED_EXTENSION = ".sealed.duckdb";
    private static final String LOG = ".wal";
    private static final String COPY = ".new";
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm'Z'", Locale.ROOT);

    /** One that is open. */
    PartFile(final Path directory, final long fromNs) {
        this(directory, fromNs, false);
    }

    /**
     * The parts of a session's history, whose files are there. Of one that is there in both forms, since the process ended
     * while one took the other's place, the open one.
     *
     * @param directory of the session's indices.
     * @return by where they begin.
     */
    static NavigableMap<Long, PartFile> list(final Path directory) {
        final NavigableMap<Long, PartFile> parts = new TreeMap<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.forEach(file -> {
                    final String name = String.valueOf(file.getFileName());
                    final boolean isSealed = name.endsWith(SEALED_EXTENSION);
                    final Long fromNs = fromNs(name, isSealed ? SEALED_EXTENSION : EXTENSION);
                    if (fromNs != null) {
                        parts.merge(
                                fromNs,
                                new PartFile(directory, fromNs, isSealed),
                                (one, other) -> one.isSealed() ? other : one);
                    }
                });
            } catch (final IOException e) {
                throw new StoreException(directory + ": cannot be listed (" + e + "); check its rights", e);
            }
        }
        return parts;
    }

    private static @Nullable Long fromNs(final String fileName, final String extension) {
        if (fileName.equals(STEM + extension)) {
            return BEGINNING;
        }
        if (!fileName.startsWith(STEM + '-') || !fileName.endsWith(extension)) {
            return null;
        }
        try {
            final String minute = fileName.substring(STEM.length() + 1, fileName.length() - extension.length());
            return LocalDateTime.parse(minute, MINUTE).toEpochSecond(ZoneOffset.UTC) * NS_PER_SECOND;
        } catch (final DateTimeParseException e) {
            return null;
        }
    }

    /** Where it is stored. */
    Path path() {
        final String extension = isSealed ? SEALED_EXTENSION : EXTENSION;
        return directory.resolve(isFirst() ? STEM + extension : STEM + '-' + minute() + extension);
    }

    /** The same part, sealed if this is open, and open if this is sealed. */
    PartFile inOtherForm() {
        return new PartFile(directory, fromNs, !isSealed);
    }

    /** What the engine calls it, in whichever form. */
    String name() {
        return isFirst() ? STEM : STEM + '_' + minute();
    }

    /** Where it grows until it is whole. */
    Path copyPath() {
        return withSuffix(COPY);
    }

    /** Whether there are transactions beside it, while it grows, that are not in it yet. */
    boolean hasCopyLog() {
        return Files.exists(withSuffix(COPY + LOG));
    }

    /** What the engine calls it while it grows. */
    String copyName() {
        return name() + "_new";
    }

    /**
     * Deletes its files, and what is left of one that was growing. The write-ahead log goes last: a process that ends between
     * leaves no database without its last transactions.
     */
    void delete() {
        for (final String suffix : new String[] {COPY + LOG, COPY, "", LOG}) {
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
