package io.tendon.persistence.command;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.store.history.ParquetSink;
import io.tendon.store.rows.CsvSink;
import io.tendon.store.rows.JsonSink;
import io.tendon.store.rows.RowSink;
import io.tendon.store.rows.TableSink;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how the rows of an answer are printed, and where to. Filled by Picocli on the main thread. */
final class RowOutput {
    private static final int BUFFER_BYTES = 1 << 16;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table, csv, json (an array of row objects) or parquet (default: ${DEFAULT-VALUE}).")
    private RowFormat format = RowFormat.TABLE;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean isJson;

    @Option(names = "--out", paramLabel = "FILE", description = "File to write instead of stdout; parquet needs one.")
    private @Nullable Path file;

    /** Called by Picocli. */
    RowOutput() {}

    /** How rows can be printed. */
    enum RowFormat {
        TABLE,
        CSV,
        JSON,
        PARQUET
    }

    /** Gives rows to a sink. */
    @FunctionalInterface
    interface Source {
        void giveTo(RowSink sink) throws IOException;
    }

    /**
     * Prints rows.
     *
     * @param source of the rows.
     * @throws IOException when the output refuses.
     * @throws ConfigException when the options do not go together.
     */
    void print(final Source source) throws IOException {
        final RowFormat chosen = isJson ? RowFormat.JSON : format;
        if (chosen == RowFormat.PARQUET) {
            if (file == null) {
                throw new ConfigException("format", "parquet", "must go into a file", "give it with --out FILE");
            }
            try (ParquetSink sink = new ParquetSink(file)) {
                source.giveTo(sink);
            } catch (final FileSystemException e) {
                throw unwritable(file, e);
            }
            return;
        }
        // Not System.out, which says nothing of a closed pipe until it is too late.
        try (OutputStream out = new BufferedOutputStream(
                file == null ? new FileOutputStream(FileDescriptor.out) : Files.newOutputStream(file), BUFFER_BYTES)) {
            source.giveTo(
                    switch (chosen) {
                        case CSV -> new CsvSink(out);
                        case JSON -> new JsonSink(out);
                        default -> new TableSink(out);
                    });
        } catch (final IOException e) {
            ClosedPipe.endIf(e);
            if (file != null) {
                throw unwritable(file, e);
            }
            throw e;
        }
    }

    private static CommandFailure unwritable(final Path file, final IOException e) {
        return new CommandFailure("out=" + file + ": cannot be written (" + e
                + "); must be a file in a directory that exists, with room for it: name another");
    }
}
