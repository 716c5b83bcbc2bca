package io.tendon.store.state;

import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.store.IndexCheck;
import io.tendon.store.IndexFinding;
import io.tendon.store.IndexLock;
import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.jspecify.annotations.Nullable;
import uk.co.real_logic.sbe.ir.Ir;

/**
 * Holds what the state says of one session against its log: every byte of the map against its seal, and the last value of
 * each key, up to the positions that the seal says, against a scan. Chronicle Map cannot be opened to be read alone, so a
 * copy of the map is looked into, beside it and for as long as that takes. One owner thread.
 */
public final class StateCheck implements IndexCheck {
    private static final String NAME = "state";
    private static final String COPY = "verify.chm";
    private static final int MAX_FAULTS = 20;

    private final String session;
    private final IndexLock lock;
    private final Path copy;
    private final Map<String, StateValue> stored;
    private final StateSeal seal;
    private final List<RecordingDescriptor> recordings;
    private final HeapStateTable said = new HeapStateTable();
    private final StateIndex index;
    private final List<IndexFinding> findings = new ArrayList<>();

    private StateCheck(
            final String session,
            final IndexLock lock,
            final Path copy,
            final Map<String, StateValue> stored,
            final StateSeal seal,
            final Ir ir,
            final List<RecordingDescriptor> recordings) {
        this.session = session;
        this.lock = lock;
        this.copy = copy;
        this.stored = stored;
        this.seal = seal;
        this.recordings = recordings;
        this.index = new StateIndex(said, session, ir, notice -> {});
    }

    /**
     * Opens the state of a session's data directory.
     *
     * @param directory of the session.
     * @param ir schema that it was recorded with.
     * @param recordings of the session.
     * @param findings is told when it cannot be looked into.
     * @return the check; none when there is no state, or none that can be looked into.
     */
    public static Optional<StateCheck> open(
            final SessionDirectory directory,
            final Ir ir,
            final List<RecordingDescriptor> recordings,
            final Consumer<IndexFinding> findings) {
        final StateDirectory state = new StateDirectory(directory.data());
        if (!Files.exists(state.map()) || !StateIndex.isNameKept(directory.sessionId())) {
            return Optional.empty();
        }
        final IndexLock lock = IndexLock.tryAcquire(state.lock()).orElse(null);
        if (lock == null) {
            findings.accept(IndexFinding.note(NAME, "is open in another process, and was not checked"));
            return Optional.empty();
        }
        final Path copy = state.root().resolve(COPY);
        try {
            final StateSeal seal = soundSeal(state, findings);
            if (seal != null) {
                return Optional.of(new StateCheck(
                        directory.sessionId(), lock, copy, values(state, seal, copy), seal, ir, recordings));
            }
        } catch (final IOException e) {
            findings.accept(IndexFinding.note(NAME, "was not checked: " + e));
        } catch (final StoreException e) {
            findings.accept(
                    IndexFinding.note(NAME, "its checksum fits; its values were not looked at: " + e.getMessage()));
        } catch (final RuntimeException e) {
            // Chronicle Map trusts what it reads.
            findings.accept(IndexFinding.fault(NAME, "its checksum fits and it cannot be read (" + e + ")"));
        }
        delete(copy);
        lock.close();
        return Optional.empty();
    }

    @Override
    public void onMessage(final RecordedMessage message) {
        if (message.position() < sealed(message.recording().publicationKey())) {
            index.onMessage(message);
        }
    }

    @Override
    public List<IndexFinding> finish() {
        index.commit();
        said.values().forEach(this::compare);
        stored.values().stream()
                .filter(value -> value.session().equals(session) && !isPurged(value))
                .filter(value -> {
                    final StateValue last = said.values().get(value.key());
                    return last == null || value.isLaterThan(last);
                })
                .forEach(value -> fault("has a value of " + value.key().text() + " that the log does not have, of "
                        + value.stream() + " at " + value.position()));
        return findings;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(index, () -> delete(copy), lock);
    }

    private void compare(final StateKey key, final StateValue last) {
        final StateValue value = stored.get(key.text());
        if (value == null) {
            if (seal.refused() == 0) {
                fault("does not know " + key.text());
            }
        } else if (last.isLaterThan(value)) {
            fault("has an older value of " + key.text() + " than the log, of " + value.position() + " instead of "
                    + last.position());
        } else if (!value.isLaterThan(last)
                && (value.isRemoved() != last.isRemoved()
                        || (value.message() != null && !Objects.equals(value.message(), last.message())))) {
            fault("has another value of " + key.text() + " than the log");
        }
    }

    private boolean isPurged(final StateValue value) {
        return recordings.stream()
                .anyMatch(recording -> recording.streamId() == value.streamId()
                        && recording.sessionId() == value.sessionId()
                        && recording.behindPurged(value.position()) != value.position());
    }

    private long sealed(final long publicationKey) {
        return seal.positions().getOrDefault(session, Map.of()).getOrDefault(publicationKey, 0L);
    }

    private void fault(final String text) {
        if (findings.size() < MAX_FAULTS) {
            findings.add(IndexFinding.fault(NAME, text));
        }
    }

    private static @Nullable StateSeal soundSeal(final StateDirectory state, final Consumer<IndexFinding> findings)
            throws IOException {
        final Optional<StateSeal> seal = StateSealFile.read(state.seal());
        if (seal.isEmpty()) {
            findings.accept(
                    Files.exists(state.seal())
                            ? IndexFinding.fault(NAME, state.seal() + " is damaged")
                            : IndexFinding.note(
                                    NAME, "was not closed in order; it is made again when it is asked next"));
            return null;
        }
        if (!seal.get().library().equals(StateMap.library())) {
            findings.accept(IndexFinding.note(
                    NAME,
                    "was written by Chronicle Map " + seal.get().library()
                            + "; it is made again when it is asked next"));
            return null;
        }
        final String fault =
                seal.get().fault(state.map(), StateMap.library(), seal.get().limits());
        if (!fault.isEmpty()) {
            findings.accept(IndexFinding.fault(NAME, state.map() + ": " + fault));
            return null;
        }
        return seal.get();
    }

    private static Map<String, StateValue> values(final StateDirectory state, final StateSeal seal, final Path copy)
            throws IOException {
        Files.copy(state.map(), copy, StandardCopyOption.REPLACE_EXISTING);
        final Map<String, StateValue> values = new HashMap<>();
        try (StateMap map = StateMap.open(copy, seal.limits())) {
            map.forEach(bytes -> {
                final StateValue value = StateValueDescriptor.decode(bytes);
                values.put(value.key().text(), value);
            });
        }
        return values;
    }

    private static void delete(final Path copy) {
        IoUtil.deleteIfExists(copy.toFile());
    }
}
