package io.tendon.persistence.replay;

import io.tendon.sessionlog.SessionReader;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.TimeRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a session as the archive replays them, in the order of {@link SessionReader}, from any time on. A
 * recording's replay is asked for before its first message is due, so that no more replays run at once than overlap and
 * the next {@value #REQUESTED_AHEAD} beside them. One owner thread.
 */
final class ReplaySource implements MessageSource, AutoCloseable {
    /** How much recorded time before a recording's first message its replay is asked for. */
    private static final long REQUEST_NS = 2_000_000_000L;

    /** So many recordings are asked for in advance, however much later they begin. */
    private static final int REQUESTED_AHEAD = 32;

    /** How much recorded time before a recording's first message its replay is waited for. */
    private static final long JOIN_NS = 500_000_000L;

    private final ArchiveView view;
    private final ReplayArchive archive;
    private final IntPredicate streamFilter;
    private final DamageListener damages;
    private final Deque<ReplayLane> waiting = new ArrayDeque<>();
    private final Deque<ReplayLane> requested = new ArrayDeque<>();
    private @Nullable SessionReader reader;

    /**
     * A source that stands nowhere yet.
     *
     * @param view of the session.
     * @param archive that replays it.
     * @param streamFilter which streams, by their live ids.
     * @param damages is told of what cannot be replayed; again, when it is passed again.
     */
    ReplaySource(
            final ArchiveView view,
            final ReplayArchive archive,
            final IntPredicate streamFilter,
            final DamageListener damages) {
        this.view = view;
        this.archive = archive;
        this.streamFilter = streamFilter;
        this.damages = damages;
    }

    @Override
    public boolean seek(final TimeRange range) {
        close();
        final List<ReplayLane> lanes = new ArrayList<>();
        final SessionReader opened = new SessionReader(view.recordings(), streamFilter, range, (recording, fromNs) -> {
            final ReplayLane lane = lane(recording, fromNs);
            lanes.add(lane);
            return lane;
        });
        reader = opened;
        if (!opened.next()) {
            return false;
        }
        lanes.stream()
                .filter(ReplayLane::isWaiting)
                .sorted(Comparator.comparingLong(lane -> lane.message().captureTimeNs()))
                .forEach(waiting::add);
        prepare(opened.message());
        // Nothing has been given out yet that could be late: the archive may take its time now.
        while (!requested.isEmpty()) {
            requested.removeFirst().prepare();
        }
        return true;
    }

    @Override
    public boolean next() {
        final SessionReader present = reader;
        if (present == null || !present.next()) {
            return false;
        }
        prepare(present.message());
        return true;
    }

    @Override
    public RecordedMessage message() {
        if (reader == null) {
            throw new IllegalStateException("seek() has not returned true yet");
        }
        return reader.message();
    }

    @Override
    public void close() {
        waiting.clear();
        requested.clear();
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    private ReplayLane lane(final RecordingDescriptor recording, final long fromNs) {
        return new ReplayLane(recording, view, archive, fromNs, damages);
    }

    private void prepare(final RecordedMessage message) {
        while (isDue(waiting, message, REQUEST_NS) || isRoomAhead()) {
            final ReplayLane lane = waiting.removeFirst();
            lane.request();
            requested.add(lane);
        }
        while (isDue(requested, message, JOIN_NS)) {
            requested.removeFirst().prepare();
        }
    }

    private boolean isRoomAhead() {
        return !waiting.isEmpty() && requested.size() < REQUESTED_AHEAD;
    }

    private static boolean isDue(final Deque<ReplayLane> lanes, final RecordedMessage message, final long lookaheadNs) {
        return !lanes.isEmpty() && lanes.getFirst().message().captureTimeNs() <= message.captureTimeNs() + lookaheadNs;
    }
}
