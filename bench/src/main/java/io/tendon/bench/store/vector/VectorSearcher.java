package io.tendon.bench.store.vector;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** One way to look for what is nearest. One owner thread. */
interface VectorSearcher extends AutoCloseable {
    /**
     * Looks.
     *
     * @param question of length 1.
     * @return numbers of the ten nearest, as far as it finds them.
     */
    List<Integer> search(float[] question) throws IOException, SQLException;

    @Override
    void close() throws IOException, SQLException;
}
