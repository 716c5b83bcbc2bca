package io.tendon.persistence.command;

import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.store.IndexReport;
import io.tendon.store.IndexVerifier;
import io.tendon.store.SessionStore;
import io.tendon.store.StoreException;
import io.tendon.store.history.EngineLimits;
import io.tendon.store.history.HistoryIndex;
import io.tendon.store.state.StateCatchUp;
import io.tendon.store.state.StateStore;
import io.tendon.store.vector.VectorCatchUp;
import io.tendon.store.vector.VectorDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.IoUtil;

/**
 * Makes indices of a session again that do not say what its log says. What they were is put beside the session's repairs; of
 * an index that is not there nothing is made. Main thread.
 */
final class IndexRepair {
    private static final int MESSAGES_AT_ONCE = 5_000;
    private static final String LOCK = "lock";

    private final SessionDirectory directory;
    private final PrintWriter err;
    private final List<String> actions = new ArrayList<>();

    /**
     * Changes nothing yet.
     *
     * @param directory of the session, whose log is mended.
     * @param err is told how far it is.
     */
    IndexRepair(final SessionDirectory directory, final PrintWriter err) {
        this.directory = directory;
        this.err = err;
    }

    /** What was made again, one line each. */
    List<String> actions() {
        return actions;
    }

    /**
     * Makes again what is wrong.
     *
     * @param found by {@link IndexVerifier}.
     * @return what it finds then.
     * @throws IOException when the disk refuses.
     */
    IndexReport run(final IndexReport found) throws IOException {
        if (found.isOk()) {
            return found;
        }
        if (found.isFaulty("history")) {
            history(found);
        }
        if (found.isFaulty("state")) {
            state();
        }
        if (found.isFaulty("vectors")) {
            vectors(found);
        }
        return IndexVerifier.verify(directory);
    }

    private void history(final IndexReport found) throws IOException {
        final List<Path> all = HistoryIndex.files(directory.index());
        final Set<Path> faulty = found.faultyFiles("history");
        for (final Path part : all) {
            if (faulty.isEmpty() || faulty.contains(part)) {
                setAside(part.resolveSibling(part.getFileName() + ".wal"));
                setAside(part);
            }
        }
        final Session session = Session.open(directory);
        try (SessionStore store =
                SessionStore.open(directory, EngineLimits.IDLE_MEMORY_MIB, err::println, damage -> {})) {
            new CatchUp(session, store, err).run(MESSAGES_AT_ONCE);
        }
        actions.add(
                faulty.isEmpty() || faulty.containsAll(all)
                        ? "history: made again from the log; the old one is in " + directory.repair()
                        : "history: " + Formats.amount(faulty.size(), "part") + " of "
                                + Math.max(all.size(), faulty.size()) + " made again from the log; the old ones are in "
                                + directory.repair());
    }

    private void state() {
        final Path data = directory.data();
        final Consumer<String> notices = err::println;
        if (!StateStore.distrust(data)) {
            return;
        }
        try (StateStore store = StateStore.open(data, StateStore.limitsOf(data), notices)) {
            new StateCatchUp(store, data, notices).run(session -> true, () -> false);
            actions.add("state: made again from the recordings of "
                    + new SessionCatalog(data).directories().size() + " sessions; the old one is state.chm.damaged");
        } catch (final StoreException e) {
            actions.add("state: is made again when it is opened next: " + e.getMessage());
        }
    }

    private void vectors(final IndexReport found) throws IOException {
        final VectorDirectory vectors = VectorDirectory.of(directory);
        final Set<Path> faulty = found.faultyFiles("vectors");
        if (faulty.stream().anyMatch(file -> file.startsWith(vectors.derived()))) {
            setAsideAll(vectors.derived());
            actions.add("vectors: what `persistence-node embed` made is damaged and in " + directory.repair()
                    + "; run that again");
        }
        if (found.isWhollyFaulty("vectors") || faulty.stream().anyMatch(file -> !file.startsWith(vectors.derived()))) {
            setAsideAll(vectors.root());
            VectorCatchUp.run(directory, damage -> {}, err::println);
            actions.add("vectors: made again from the log; the old ones are in " + directory.repair());
        }
    }

    private void setAsideAll(final Path from) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (final Path entry : entries.filter(path -> !path.endsWith(LOCK) && !path.endsWith("derived"))
                    .sorted()
                    .toList()) {
                setAside(entry);
            }
        }
    }

    /** One is enough to look into, and each takes the room of a whole index. */
    private void setAside(final Path path) throws IOException {
        if (Files.exists(path)) {
            final Path aside = directory.repair().resolve(path.getFileName() + ".damaged");
            Files.createDirectories(directory.repair());
            // A directory is not replaced while anything is in it.
            IoUtil.delete(aside.toFile(), true);
            Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
