package io.tendon.store.history;

import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.store.IndexCheck;
import io.tendon.store.IndexFinding;
import io.tendon.store.IndexLock;
import io.tendon.store.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import uk.co.real_logic.sbe.ir.Ir;

/**
 * Holds the history against the log: each of its parts, and whether all are there. They are opened to be read alone. One
 * owner thread.
 */
public final class HistoryCheck implements IndexCheck {
    private static final String NAME = "history";
    private static final int MAX_FAULTS = 20;

    private final IndexLock lock;
    private final HistoryEngine engine;
    private final NavigableMap<Long, PartFile> files;
    // Of the parts that can be read.
    private final Map<Long, HistoryPartCheck> checks = new HashMap<>();
    private final Map<Long, Long> ends = new HashMap<>();
    private final List<IndexFinding> findings = new ArrayList<>();

    private HistoryCheck(final IndexLock lock, final HistoryEngine engine, final NavigableMap<Long, PartFile> files) {
        this.lock = lock;
        this.engine = engine;
        this.files = files;
    }

    /**
     * Opens the history of a session.
     *
     * @param directory of the session.
     * @param ir schema that it was recorded with.
     * @param recordings of the session.
     * @param findings is told when it cannot be opened.
     * @return the check; none when there is no history, or none that can be looked at.
     */
    public static Optional<HistoryCheck> open(
            final SessionDirectory directory,
            final Ir ir,
            final List<RecordingDescriptor> recordings,
            final Consumer<IndexFinding> findings) {
        final NavigableMap<Long, PartFile> files = PartFile.list(directory.index());
        if (files.isEmpty()) {
            return Optional.empty();
        }
        final IndexLock lock =
                IndexLock.tryAcquire(directory.index().resolve("lock")).orElse(null);
        if (lock == null) {
            findings.accept(IndexFinding.note(NAME, "is open in another process, and was not checked"));
            return Optional.empty();
        }
        HistoryEngine engine = null;
        try {
            engine = HistoryEngine.startToRead(new EngineLimits(
                    EngineLimits.IDLE_MEMORY_MIB, 1, directory.index().resolve("spill")));
            final HistoryCheck check = new HistoryCheck(lock, engine, files);
            if (check.begin(ir, recordings)) {
                return Optional.of(check);
            }
            findings.accept(IndexFinding.note(
                    NAME,
                    "is of another format or schema; it is made again when it is asked next, and was not checked"));
        } catch (final SQLException | StoreException e) {
            findings.accept(IndexFinding.note(NAME, "was not checked: " + e.getMessage()));
        }
        CloseHelper.quietCloseAll(engine, lock);
        return Optional.empty();
    }

    @Override
    public void onMessage(final RecordedMessage message) {
        ends.merge(message.recording().publicationKey(), message.nextPosition(), Math::max);
        if (message.hasStamp()) {
            final Long before = files.floorKey(message.captureTimeNs());
            final HistoryPartCheck check = checks.get(before == null ? files.firstKey() : before);
            if (check != null) {
                check.onMessage(message);
            }
        }
    }

    @Override
    public List<IndexFinding> finish() {
        for (final PartFile file : files.values()) {
            final HistoryPartCheck check = checks.get(file.fromNs());
            if (check != null) {
                check.finish(ends, text -> fault(file, text));
            }
        }
        return findings;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(engine, lock);
    }

    /** False when a part is of another form. */
    private boolean begin(final Ir ir, final List<RecordingDescriptor> recordings) {
        for (final PartFile file : files.values()) {
            final HistoryPartCheck check = new HistoryPartCheck(file, engine, ir, recordings);
            try {
                check.begin();
                if (!check.isOfThisForm()) {
                    return false;
                }
                checks.put(file.fromNs(), check);
            } catch (final SQLException e) {
                fault(file, "cannot be read (" + HistoryDatabase.firstLine(e) + ")");
            }
        }
        final HistoryPartCheck last = checks.get(files.lastKey());
        if (last != null && !last.isFollowing()) {
            fault(last.file(), "is followed by a part that is gone");
        } else if (last != null) {
            for (final PartFile file : last.book().parts().stream()
                    .filter(fromNs -> !files.containsKey(fromNs))
                    .map(fromNs -> new PartFile(last.file().directory(), fromNs))
                    .toList()) {
                fault(file, "is gone");
            }
        }
        return true;
    }

    private void fault(final PartFile file, final String text) {
        if (findings.size() < MAX_FAULTS) {
            findings.add(IndexFinding.fault(NAME, file.path(), file.path() + ": " + text));
        }
    }
}
