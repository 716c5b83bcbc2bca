package io.tendon.persistence.replay;

import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import io.aeron.protocol.DataHeaderFlyweight;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.sessionlog.recording.Damage;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.MessageCursor;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One recording, replayed by the archive. Where its first wanted message stands is looked up in its file, so that it can
 * be put in order with others before its replay begins ({@link #prepare}); every message that is published came from the
 * archive.
 *
 * <p>The archive ends a replay at the first damaged payload; a frame whose header is not that of its place it gives out,
 * and it is refused here. What is damaged and where the next good frame stands is then asked of the file's own reader,
 * which reports it, and the replay goes on from there. Only of a damaged stream id nothing is seen, since the archive
 * writes its own into the header: that message is given out, its payload is whole.
 *
 * <pre>  NEW -- next() -> LOCATED -- request() -> REQUESTED -- prepare() or next() -> REPLAYING -> ENDED</pre>
 *
 * <p>Messages are taken in batches into a buffer of this lane, since a log's memory is cleaned once it is read. One owner
 * thread.
 */
final class ReplayLane implements MessageCursor {
    private static final int BATCH_MESSAGES = 16;
    private static final long NONE = -1;
    private static final int SPINS = 100;
    private static final long POLL_NS = 20_000L;
    private static final long SILENCE_NS = 15_000_000_000L;

    private final RecordingDescriptor recording;
    private final ArchiveView view;
    private final ReplayArchive archive;
    private final long fromNs;
    private final DamageListener damages;
    private final RecordedMessage message;
    private final FragmentHandler fragmentHandler = this::onFragment;

    private final int[] offsets = new int[BATCH_MESSAGES];
    private final int[] lengths = new int[BATCH_MESSAGES];
    private final long[] nextPositions = new long[BATCH_MESSAGES];
    private @Nullable UnsafeBuffer batchBuffer;
    private int batchCount;
    private int batchIndex;
    private int batchEnd;

    private State state = State.NEW;
    private @Nullable RecordingReader file;
    private @Nullable CompletableFuture<Subscription> requested;
    // Set by the client's thread; one for each request, so that an image of a replay given up does not count.
    private AtomicReference<@Nullable Image> arrived = new AtomicReference<>();
    private @Nullable Subscription subscription;
    private @Nullable Image image;
    private long headPosition;
    private long termPosition;
    private long damagedPosition = NONE;
    private long limitPosition;

    private enum State {
        NEW,
        LOCATED,
        REQUESTED,
        REPLAYING,
        ENDED
    }

    /**
     * A recording that is not looked at yet.
     *
     * @param recording of the view.
     * @param view that it is part of.
     * @param archive that replays.
     * @param fromNs capture time before which messages are left out, ns since the epoch.
     * @param damages is told of what cannot be replayed; some more than once.
     */
    ReplayLane(
            final RecordingDescriptor recording,
            final ArchiveView view,
            final ReplayArchive archive,
            final long fromNs,
            final DamageListener damages) {
        this.recording = recording;
        this.view = view;
        this.archive = archive;
        this.fromNs = fromNs;
        this.damages = damages;
        this.message = new RecordedMessage(recording, new UnsafeBuffer());
    }

    @Override
    public boolean next() {
        return switch (state) {
            case NEW -> locate();
            case LOCATED, REQUESTED -> prepare() && advance();
            case REPLAYING -> advance();
            case ENDED -> false;
        };
    }

    @Override
    public RecordedMessage message() {
        return message;
    }

    /** Asks the archive for the replay, without waiting. */
    void request() {
        if (state == State.LOCATED) {
            state = State.REQUESTED;
            ask(headPosition, recording.stopPosition());
        }
    }

    /** Whether its first message is known and its replay has not begun. */
    boolean isWaiting() {
        return state == State.LOCATED;
    }

    /**
     * Begins the replay; the present message stays the same, but now as the archive gave it.
     *
     * @return false when the recording has nothing more.
     */
    boolean prepare() {
        request();
        if (state != State.REQUESTED) {
            return state == State.REPLAYING;
        }
        CloseHelper.close(file);
        file = null;
        state = State.REPLAYING;
        join();
        return advance();
    }

    @Override
    public void close() {
        CloseHelper.closeAll(file, subscription);
        if (requested != null) {
            archive.discard(requested);
        }
        file = null;
        requested = null;
        subscription = null;
        image = null;
        batchBuffer = null;
        state = State.ENDED;
    }

    private boolean locate() {
        final RecordingReader reader = new RecordingReader(view.directory(), recording, damages);
        file = reader;
        if (fromNs != Long.MIN_VALUE) {
            reader.seekTime(fromNs);
        }
        while (reader.next()) {
            final RecordedMessage found = reader.message();
            if (found.captureTimeNs() >= fromNs) {
                headPosition = found.position();
                message.wrap(
                        found.buffer(), found.offset(), found.lengthBytes(), found.position(), found.nextPosition());
                state = State.LOCATED;
                return true;
            }
        }
        close();
        return false;
    }

    private boolean advance() {
        if (batchIndex == batchCount && !fill()) {
            close();
            return false;
        }
        final int i = batchIndex++;
        message.wrap(
                buffer(),
                offsets[i],
                lengths[i],
                nextPositions[i] - StreamDescriptor.framedLength(lengths[i]),
                nextPositions[i]);
        return true;
    }

    /** Waits for the next messages; false at the recording's end. */
    private boolean fill() {
        batchIndex = 0;
        batchCount = 0;
        batchEnd = 0;
        if (damagedPosition != NONE && !resume(damagedPosition)) {
            return false;
        }
        int idle = 0;
        long deadlineNs = System.nanoTime() + SILENCE_NS;
        while (true) {
            final Image present = image;
            if (present == null) {
                return false;
            }
            final long before = present.position();
            termPosition = before & -recording.termLengthBytes();
            present.poll(fragmentHandler, BATCH_MESSAGES);
            if (batchCount > 0) {
                return true;
            }
            if (damagedPosition != NONE) {
                if (!resume(damagedPosition)) {
                    return false;
                }
                continue;
            }
            if (present.position() >= limitPosition) {
                if (!resume(limitPosition)) {
                    return false;
                }
            } else if (present.position() != before) {
                idle = 0;
            } else if (present.isClosed() || present.isEndOfStream()) {
                if (!resume(present.position())) {
                    return false;
                }
                deadlineNs = System.nanoTime() + SILENCE_NS;
            } else if (++idle > SPINS) {
                if (System.nanoTime() - deadlineNs > 0) {
                    throw silent();
                }
                LockSupport.parkNanos(POLL_NS);
            }
        }
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        if (damagedPosition != NONE) {
            return;
        }
        final int frameOffset = offset - DataHeaderFlyweight.HEADER_LENGTH;
        if (!isInPlace(buffer, frameOffset)) {
            damagedPosition = termPosition + frameOffset;
            return;
        }
        buffer().putBytes(batchEnd, buffer, offset, length);
        offsets[batchCount] = batchEnd;
        lengths[batchCount] = length;
        nextPositions[batchCount] = termPosition + frameOffset + StreamDescriptor.framedLength(length);
        batchCount++;
        batchEnd += StreamDescriptor.framedLength(length);
    }

    /** Whether the header is that of its place; a poll never goes beyond a term. */
    private boolean isInPlace(final DirectBuffer buffer, final int frameOffset) {
        final int termId = recording.initialTermId() + (int) (termPosition / recording.termLengthBytes());
        return buffer.getByte(frameOffset + DataHeaderFlyweight.VERSION_FIELD_OFFSET) == 0
                && buffer.getByte(frameOffset + DataHeaderFlyweight.FLAGS_FIELD_OFFSET) == FrameDescriptor.UNFRAGMENTED
                && littleEndian(buffer, frameOffset + DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET) == frameOffset
                && littleEndian(buffer, frameOffset + DataHeaderFlyweight.TERM_ID_FIELD_OFFSET) == termId;
    }

    private static int littleEndian(final DirectBuffer buffer, final int index) {
        return buffer.getInt(index, ByteOrder.LITTLE_ENDIAN);
    }

    private UnsafeBuffer buffer() {
        UnsafeBuffer buffer = batchBuffer;
        if (buffer == null) {
            buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(
                    BATCH_MESSAGES * StreamDescriptor.framedLength(recording.mtuLengthBytes())));
            batchBuffer = buffer;
        }
        return buffer;
    }

    private void begin(final long fromPosition, final long toPosition) {
        ask(fromPosition, toPosition);
        join();
    }

    private void ask(final long fromPosition, final long toPosition) {
        CloseHelper.close(subscription);
        subscription = null;
        image = null;
        limitPosition = toPosition;
        damagedPosition = NONE;
        final AtomicReference<@Nullable Image> coming = new AtomicReference<>();
        arrived = coming;
        requested = archive.replay(recording.recordingId(), fromPosition, toPosition - fromPosition, coming::set);
    }

    /** Waits for what was asked for. */
    private void join() {
        final CompletableFuture<Subscription> asked = requested;
        if (asked == null) {
            return;
        }
        final Subscription begun;
        try {
            begun = asked.join();
        } catch (final CompletionException e) {
            throw new CommandFailure("recording=" + recording.recordingId() + " stream=" + recording.streamName()
                    + ": the archive does not replay it: " + e.getCause()
                    + "; `persistence-node dump` reads it from its files");
        }
        requested = null;
        subscription = begun;
        // Asked of the handler and not of the subscription: a replay that ends before its first block, since that is
        // damaged, has its image there for less than a millisecond.
        final long deadlineNs = System.nanoTime() + SILENCE_NS;
        while (arrived.get() == null) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw silent();
            }
            LockSupport.parkNanos(POLL_NS);
        }
        image = arrived.get();
    }

    /**
     * Goes on when the archive has ended a replay: at the end of the recording, or before something damaged.
     *
     * @param position up to which everything came.
     * @return false at the recording's end.
     */
    private boolean resume(final long position) {
        if (position >= recording.stopPosition()) {
            return false;
        }
        final Damage[] found = new Damage[1];
        try (RecordingReader reader = new RecordingReader(view.directory(), recording, damage -> {
            found[0] = damage;
            damages.onDamage(damage);
        })) {
            reader.seek(position);
            final boolean hasMore = reader.next();
            if (!hasMore) {
                return false;
            }
            final long good = reader.message().position();
            if (found[0] != null) {
                begin(good, recording.stopPosition());
                return true;
            }
            // The archive gives a block of frames or none of it: what is good before the damage is asked for by itself.
            long end = reader.message().nextPosition();
            while (reader.next() && found[0] == null) {
                end = reader.message().nextPosition();
            }
            if (found[0] == null) {
                throw new CommandFailure("recording=" + recording.recordingId() + " stream=" + recording.streamName()
                        + ": the archive ended its replay at position " + position + " (" + archive.latestError()
                        + "), though its files are whole; `persistence-node dump` reads it from them");
            }
            begin(good, end);
            return true;
        }
    }

    private CommandFailure silent() {
        return new CommandFailure("recording=" + recording.recordingId() + " stream=" + recording.streamName()
                + ": the archive gave nothing for " + SILENCE_NS / 1_000_000_000L + "s (" + archive.latestError()
                + "); start the replay again, or read it with `persistence-node dump`");
    }
}
