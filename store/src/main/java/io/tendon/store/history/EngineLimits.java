package io.tendon.store.history;

import io.tendon.bus.config.ConfigException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What the database engine may take. Immutable; any thread.
 *
 * @param memoryMib of its buffers, from 32; its code and what it takes beside them come on top, about 100 MiB.
 * @param threads that work on one question.
 * @param spillDirectory where it puts what does not fit into its memory; made when needed. Without one it fails instead.
 * @param partRows messages after which the next part of the history is begun, at the end of the minute. Of each part that is
 *     read about 1.5 MiB of memory is taken, of each million rows of the last about 35.
 */
public record EngineLimits(int memoryMib, int threads, Path spillDirectory, long partRows) {
    /** Beside a robot that runs. */
    public static final int LIVE_MEMORY_MIB = 96;

    /** On a machine that does nothing else. */
    public static final int IDLE_MEMORY_MIB = 256;

    /** Messages of about 20 minutes of a robot. */
    private static final long PART_ROWS = Long.getLong("tendon.history.part-rows", 1_500_000L);

    private static final int SPILL_GIB = 1;

    /** Refuses parts of nothing. */
    public EngineLimits {
        if (partRows < 1) {
            throw new ConfigException(
                    "tendon.history.part-rows",
                    partRows,
                    "must be from 1",
                    "leave it out, or give it with TENDON_JAVA_OPTS=-Dtendon.history.part-rows=1500000");
        }
    }

    /** With parts as they are usually. */
    public EngineLimits(final int memoryMib, final int threads, final Path spillDirectory) {
        this(memoryMib, threads, spillDirectory, PART_ROWS);
    }

    void apply(final Statement statement) throws SQLException {
        statement.execute("SET memory_limit = '" + memoryMib + "MiB'");
        statement.execute("SET threads = " + threads);
        statement.execute("SET temp_directory = '"
                + HistoryDatabase.escaped(spillDirectory.toAbsolutePath().toString()) + "'");
        statement.execute("SET max_temp_directory_size = '" + SPILL_GIB + "GiB'");
        statement.execute("SET checkpoint_threshold = '16MiB'");
        // Nothing is to be fetched from a network.
        statement.execute("SET autoinstall_known_extensions = false");
        statement.execute("SET autoload_known_extensions = false");
        statement.execute("SET TimeZone = 'UTC'");
    }
}
