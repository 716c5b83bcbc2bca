package io.tendon.sessionlog.recording;

import static io.aeron.protocol.DataHeaderFlyweight.HEADER_LENGTH;

import io.aeron.logbuffer.FrameDescriptor;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads one recording's messages in the order of their positions, checking each frame ({@link FrameCheck}).
 *
 * <p>Where it ends: at the stop position that the catalog knows, or at the {@link #limit} that a recorder's counter
 * gives. Without either (the recording grows, or the recorder died) at the first place with nothing written, or whose
 * frame is broken, behind which no good frame follows: an incomplete tail is the end and not an error. A broken frame
 * with good ones behind it is damage: it is skipped and reported. One owner thread.
 */
public final class RecordingReader implements MessageCursor {
    private final PurgeLedger ledger;
    private final DamageListener damages;
    private final FrameCheck check;
    private final SegmentWindow window;
    private final RecordedMessage message;

    private RecordingDescriptor recording;
    private long nextPosition;
    private long limitPosition;

    /** End of the segment that is read: behind it the next one may have been deleted. */
    private long segmentEnd = Long.MIN_VALUE;

    /** Where the padding begins that ends at the next position; -1 when a message does. */
    private long paddingPosition = -1;

    /**
     * Opens a recording at its start.
     *
     * @param archiveDir that holds it.
     * @param recording as the catalog describes it.
     * @param damages is told of damaged ranges.
     */
    public RecordingReader(final Path archiveDir, final RecordingDescriptor recording, final DamageListener damages) {
        this.recording = recording;
        this.ledger = new PurgeLedger(archiveDir);
        this.damages = damages;
        this.check = new FrameCheck(recording);
        this.window = new SegmentWindow(archiveDir, recording);
        this.message = new RecordedMessage(recording, window.buffer());
        this.nextPosition = recording.startPosition();
        this.limitPosition = recording.isOpen() ? Long.MAX_VALUE : recording.stopPosition();
    }

    /**
     * Says how far the recording is known to be written; every frame before that must be good.
     *
     * @param position of the recorder, or the stop position once it is known.
     */
    public void limit(final long position) {
        limitPosition = position;
    }

    /**
     * Says which segments were deleted meanwhile, so that nothing of them is read any more. One whose file is met missing is
     * looked up without that.
     *
     * @param present the same recording as the catalog describes it now.
     */
    public void update(final RecordingDescriptor present) {
        if (!present.purged().equals(recording.purged())) {
            recording = recording.withPurged(present.purged());
            segmentEnd = Long.MIN_VALUE;
        }
    }

    /**
     * Goes to a frame.
     *
     * @param framePosition at which a frame begins, such as an earlier {@link RecordedMessage#nextPosition()}.
     */
    public void seek(final long framePosition) {
        nextPosition = Math.max(framePosition, recording.startPosition());
        paddingPosition = -1;
        segmentEnd = Long.MIN_VALUE;
    }

    /**
     * Goes to a place not behind the first message captured at or after a time: the last segment that begins before it.
     * Finds it by bisecting over the segments' first messages.
     *
     * @param timeNs since the epoch.
     */
    public void seekTime(final long timeNs) {
        final long firstBase = recording.segmentBasePosition(recording.startPosition());
        long low = 0;
        long high = segmentCount(firstBase) - 1;
        try (RecordingReader probe = new RecordingReader(window.archiveDir(), recording, DamageListener.IGNORED)) {
            while (low < high) {
                final long middle = (low + high + 1) >>> 1;
                probe.seek(firstBase + middle * recording.segmentLengthBytes());
                if (probe.next() && probe.message().captureTimeNs() < timeNs) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
        }
        seek(firstBase + low * recording.segmentLengthBytes());
    }

    /** Whether nothing of a range is still to be read. */
    boolean isPast(final long fromPosition, final long toPosition) {
        return nextPosition >= Math.min(toPosition, limitPosition)
                || recording.startPosition() >= toPosition
                || limitPosition <= fromPosition;
    }

    @Override
    public boolean next() {
        while (enterSegment() < limitPosition) {
            FrameFault fault = inspect(nextPosition);
            if (fault != FrameFault.NONE) {
                window.load(nextPosition);
                fault = inspect(nextPosition);
            }
            if (fault == FrameFault.NONE) {
                if (!passHiddenFrames() && accept()) {
                    return true;
                }
            } else if (!skip(fault)) {
                return false;
            }
        }
        return false;
    }

    @Override
    public RecordedMessage message() {
        return message;
    }

    /** The recording that is read. */
    public RecordingDescriptor recording() {
        return recording;
    }

    /** Where the next frame should begin. */
    public long nextPosition() {
        return nextPosition;
    }

    @Override
    public void close() {
        window.close();
    }

    /**
     * No checksum covers the length of padding. Behind its header nothing is written: good frames before its end are hidden
     * by a length that is damaged, and are gone to. Whether there are any.
     */
    private boolean passHiddenFrames() {
        final long position = nextPosition;
        final int index = window.index(position);
        if (!FrameCheck.isPadding(window.buffer(), index)) {
            return false;
        }
        final long endPosition = position + FrameCheck.alignedLength(window.buffer(), index);
        final long hidden = findFrame(position + FrameDescriptor.FRAME_ALIGNMENT, Math.min(endPosition, limitPosition));
        if (hidden == -1) {
            window.require(position, HEADER_LENGTH);
            return false;
        }
        damages.onDamage(new Damage(recording, position, hidden, FrameFault.MALFORMED));
        paddingPosition = -1;
        nextPosition = hidden;
        return true;
    }

    /** Takes the good frame at the next position; false when it is padding, which holds no message. */
    private boolean accept() {
        final long position = nextPosition;
        final int index = window.index(position);
        nextPosition += FrameCheck.alignedLength(window.buffer(), index);
        if (FrameCheck.isPadding(window.buffer(), index)) {
            paddingPosition = position;
            return false;
        }
        paddingPosition = -1;
        final int lengthBytes = FrameCheck.frameLength(window.buffer(), index) - HEADER_LENGTH;
        message.set(index + HEADER_LENGTH, lengthBytes, position, nextPosition);
        return true;
    }

    /** Goes over segments that were deleted; the position that is read next. */
    private long enterSegment() {
        if (nextPosition >= segmentEnd) {
            final long position = recording.behindPurged(nextPosition);
            if (position != nextPosition) {
                nextPosition = position;
                paddingPosition = -1;
            }
            segmentEnd = recording.segmentBasePosition(position) + recording.segmentLengthBytes();
        }
        return nextPosition;
    }

    private FrameFault inspect(final long framePosition) {
        if (!window.require(framePosition, HEADER_LENGTH)) {
            return FrameFault.CUT_OFF;
        }
        final FrameFault fault = check.header(window.buffer(), window.index(framePosition), framePosition);
        if (fault != FrameFault.NONE || FrameCheck.isPadding(window.buffer(), window.index(framePosition))) {
            return fault;
        }
        final int alignedLength = FrameCheck.alignedLength(window.buffer(), window.index(framePosition));
        if (!window.require(framePosition, alignedLength)) {
            return FrameFault.CUT_OFF;
        }
        return FrameCheck.isPayloadIntact(window.buffer(), window.index(framePosition))
                ? FrameFault.NONE
                : FrameFault.CHECKSUM;
    }

    /** Goes behind a broken frame; false when nothing good follows. */
    private boolean skip(final FrameFault fault) {
        final boolean isLimitKnown = limitPosition != Long.MAX_VALUE;
        final long base = recording.segmentBasePosition(nextPosition);
        if (fault == FrameFault.CUT_OFF && hasJustBeenPurged(base)) {
            return true;
        }
        if (!isLimitKnown && isUnwritten(fault) && window.nextSegment(base) == -1) {
            return false;
        }
        // What was deleted to make room behind the damage is none of it.
        final long searchEnd = Math.min(limitPosition, recording.nextPurged(nextPosition));
        final long resumePosition = findFrame(nextPosition + FrameDescriptor.FRAME_ALIGNMENT, searchEnd);
        if (resumePosition == -1 && searchEnd == Long.MAX_VALUE) {
            return false;
        }
        window.load(nextPosition);
        if (inspect(nextPosition) == FrameFault.NONE) {
            return true;
        }
        final long toPosition = resumePosition == -1 ? searchEnd : resumePosition;
        damages.onDamage(
                isPaddingTooShort(fault, toPosition)
                        ? new Damage(recording, paddingPosition, toPosition, FrameFault.MALFORMED)
                        : new Damage(recording, nextPosition, toPosition, fault));
        paddingPosition = -1;
        nextPosition = toPosition;
        return true;
    }

    /** Whether a missing file was deleted to make room since the recording was described. */
    private boolean hasJustBeenPurged(final long base) {
        if (window.hasSegment(base)) {
            return false;
        }
        final List<PurgedSegment> known = recording.purged();
        update(recording.without(ledger.segments()));
        return !known.equals(recording.purged()) && recording.behindPurged(nextPosition) != nextPosition;
    }

    /** No checksum covers the length of padding; one that is too short has nothing written behind it up to the term's end. */
    private boolean isPaddingTooShort(final FrameFault fault, final long toPosition) {
        return paddingPosition != -1
                && fault == FrameFault.UNWRITTEN
                && (toPosition & (recording.termLengthBytes() - 1)) == 0
                && toPosition - paddingPosition <= recording.termLengthBytes();
    }

    private static boolean isUnwritten(final FrameFault fault) {
        return fault == FrameFault.UNWRITTEN || fault == FrameFault.CUT_OFF;
    }

    /** First good frame at or behind a position and before another; -1 when there is none. */
    private long findFrame(final long fromPosition, final long toPosition) {
        long candidate = fromPosition;
        while (candidate != -1 && candidate < toPosition) {
            final long base = recording.segmentBasePosition(candidate);
            final long endPosition = Math.min(base + recording.segmentLengthBytes(), toPosition);
            while (candidate < endPosition && window.require(candidate, HEADER_LENGTH)) {
                if (inspect(candidate) == FrameFault.NONE) {
                    return candidate;
                }
                candidate += FrameDescriptor.FRAME_ALIGNMENT;
            }
            candidate =
                    candidate == endPosition && window.hasSegment(endPosition) ? endPosition : window.nextSegment(base);
        }
        return -1;
    }

    private long segmentCount(final long firstBase) {
        long count = 1;
        while (isSegment(firstBase + count * recording.segmentLengthBytes())) {
            count++;
        }
        return count;
    }

    /** Whether there is a file of it, or was one. */
    private boolean isSegment(final long basePosition) {
        return window.hasSegment(basePosition) || recording.behindPurged(basePosition) != basePosition;
    }
}
