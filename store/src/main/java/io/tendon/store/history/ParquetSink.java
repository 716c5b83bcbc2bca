package io.tendon.store.history;

import io.tendon.store.StoreException;
import io.tendon.store.rows.JsonLinesSink;
import io.tendon.store.rows.ResultColumn;
import io.tendon.store.rows.RowSink;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows into a Parquet file, with the types that they came with. The file is there when it is whole and not before.
 * One owner thread.
 */
public final class ParquetSink implements RowSink, AutoCloseable {
    private final Path file;
    private final Path linesFile;
    private final Path unfinishedFile;
    private final OutputStream lines;
    private final JsonLinesSink sink;
    private List<ResultColumn> columns = List.of();

    /**
     * Begins a file.
     *
     * @param file that comes to be; one of that name is replaced.
     * @throws IOException when nothing can be written there.
     */
    public ParquetSink(final Path file) throws IOException {
        this.file = file.toAbsolutePath();
        this.linesFile = this.file.resolveSibling("." + file.getFileName() + ".rows");
        this.unfinishedFile = this.file.resolveSibling("." + file.getFileName() + ".part");
        this.lines = new BufferedOutputStream(Files.newOutputStream(linesFile), 1 << 16);
        this.sink = new JsonLinesSink(lines);
    }

    @Override
    public void columns(final List<ResultColumn> newColumns) throws IOException {
        columns = newColumns;
        sink.columns(newColumns);
    }

    @Override
    public void row(final List<@Nullable Object> values) throws IOException {
        sink.row(values);
    }

    @Override
    public void end() throws IOException {
        sink.end();
        lines.close();
        final StringJoiner types = new StringJoiner(", ", "{", "}");
        for (final ResultColumn column : columns) {
            types.add("'" + HistoryDatabase.escaped(column.name()) + "': '" + HistoryDatabase.escaped(column.type())
                    + "'");
        }
        try (Connection connection = HistoryEngine.connect(new Properties());
                Statement statement = connection.createStatement()) {
            new EngineLimits(EngineLimits.IDLE_MEMORY_MIB, 1, file.resolveSibling("." + file.getFileName() + ".spill"))
                    .apply(statement);
            statement.execute("COPY (SELECT * FROM read_json('" + HistoryDatabase.escaped(linesFile.toString())
                    + "', format = 'newline_delimited', columns = " + types + ")) TO '"
                    + HistoryDatabase.escaped(unfinishedFile.toString()) + "' (FORMAT parquet, COMPRESSION zstd)");
        } catch (final SQLException e) {
            throw new StoreException(
                    file + ": cannot be written (" + HistoryDatabase.firstLine(e) + "); free some space there", e);
        }
        Files.move(unfinishedFile, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        lines.close();
        Files.deleteIfExists(linesFile);
        Files.deleteIfExists(unfinishedFile);
    }
}
