package io.tendon.sessionlog.verify;

import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.recording.Damage;
import io.tendon.sessionlog.recording.FrameFault;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks all recordings of one writer's life: every frame of each; and of what they hold together, each position counted
 * once, that the sequence numbers go on from 0 and the capture times do not go back. Reads in the order of positions, so
 * that overlapping recordings, as a restarted recorder makes them, fall into one. One owner thread.
 */
final class LifeCheck implements RecordingLane.Listener, AutoCloseable {
    private final WriterLife life;
    private final MessageCheck messages;
    private final FindingLog log;
    private final LifeLosses losses;
    private final List<RecordingLane> lanes = new ArrayList<>();
    private RecordingDescriptor latest;
    private NodeId source = NodeId.NULL_VAL;
    private long watermark;
    private long nextSequence;
    private long count;
    private long firstNs = TimeSpan.UNKNOWN;
    private long lastNs = TimeSpan.UNKNOWN;
    private TimeSpan silence = new TimeSpan(0, 0);

    /**
     * Reads nothing yet.
     *
     * @param first recording of the life; to be {@link #add}ed as well.
     * @param stated losses of the session.
     * @param repaired ranges of the session.
     * @param undecidedFromNs as {@link LifeLosses} says.
     * @param messages judges each.
     * @param log takes the findings.
     */
    LifeCheck(
            final RecordingDescriptor first,
            final StatedLosses stated,
            final RepairedRanges repaired,
            final long undecidedFromNs,
            final MessageCheck messages,
            final FindingLog log) {
        this.life = WriterLife.of(first);
        this.latest = first;
        this.messages = messages;
        this.log = log;
        this.losses = new LifeLosses(life, stated, repaired, undecidedFromNs, log);
    }

    /**
     * Adds a recording of the life, before {@link #run}.
     *
     * @param lane at its start, reporting to this.
     */
    void add(final RecordingLane lane) {
        lanes.add(lane);
        losses.purged(lane.recording().purged());
        losses.recording(lane.recording().recordingId());
    }

    /**
     * Reads everything.
     *
     * @param usedUp sequence numbers that the recorder had counted up to; 0 when it is not known.
     * @param replaced how the life ended when its driver died; null when it did not end so.
     * @return what was counted.
     */
    LifeFigures run(final long usedUp, final SessionEvents.@Nullable ReplacedLog replaced) {
        lanes.forEach(RecordingLane::advance);
        RecordingLane lane = nearest();
        while (lane != null) {
            take(lane);
            lane.advance();
            lane = nearest();
        }
        losses.end(latest, nextSequence, Math.max(watermark, latest.startPosition()), lastNs, usedUp, replaced);
        return new LifeFigures(
                life,
                latest.streamName(),
                source,
                lanes.size(),
                lanes.stream().mapToLong(RecordingLane::bytes).sum(),
                count,
                losses.explained(),
                losses.unexplained(),
                firstNs,
                lastNs,
                silence);
    }

    /** Said losses against missing messages; after {@link #run}. */
    LossBalance balance() {
        return losses.balance(latest.streamName(), source);
    }

    @Override
    public void onDamage(final Damage damage) {
        losses.onDamage(damage, lastNs);
    }

    @Override
    public void onEnd(final Damage damage) {
        if (damage.fault() != FrameFault.UNWRITTEN && damage.fault() != FrameFault.CUT_OFF) {
            log.add(new Finding(
                    FindingKind.TORN_END,
                    Place.of(damage.recording(), damage.fromPosition(), damage.fromPosition()),
                    new TimeSpan(lastNs, TimeSpan.UNKNOWN),
                    null,
                    "the recorder ended in the middle of a write: what stands here is no whole frame ("
                            + damage.fault().text() + ")"));
        }
    }

    @Override
    public void close() {
        lanes.forEach(RecordingLane::close);
    }

    /** The recording whose present message has the least position; null when all are at their end. */
    private @Nullable RecordingLane nearest() {
        RecordingLane nearest = null;
        for (final RecordingLane lane : lanes) {
            if (lane.isLoaded()
                    && (nearest == null
                            || lane.message().position() < nearest.message().position())) {
                nearest = lane;
            }
        }
        return nearest;
    }

    private void take(final RecordingLane lane) {
        final RecordedMessage message = lane.message();
        final MessageCheck.Fault fault = messages.judge(message);
        final long captureNs = message.hasStamp() ? message.captureTimeNs() : lastNs;
        if (fault != null) {
            log.add(new Finding(
                    fault.kind(),
                    Place.of(lane.recording(), message.position(), message.nextPosition()),
                    new TimeSpan(lastNs, captureNs),
                    null,
                    fault.text()));
        }
        if (message.position() < watermark) {
            return;
        }
        latest = lane.recording();
        if (message.hasStamp()) {
            final boolean isBehindDeleted = message.sequence() > nextSequence
                    && losses.isPurged(new SequenceRange(nextSequence, message.sequence() - 1));
            sequence(message, captureNs);
            time(message, captureNs, isBehindDeleted);
            count++;
        }
        losses.passed(message.position(), captureNs);
        watermark = message.nextPosition();
    }

    private void sequence(final RecordedMessage message, final long captureNs) {
        final long sequence = message.sequence();
        if (sequence > nextSequence) {
            losses.gap(
                    new SequenceRange(nextSequence, sequence - 1),
                    Place.of(latest, watermark, message.position()),
                    new TimeSpan(lastNs, captureNs));
        } else if (sequence < nextSequence) {
            log.add(new Finding(
                    FindingKind.SEQUENCE_ORDER,
                    Place.of(latest, message.position(), message.nextPosition()),
                    new TimeSpan(lastNs, captureNs),
                    null,
                    "sequence " + sequence + " where " + nextSequence + " should come"));
        }
        nextSequence = Math.max(nextSequence, sequence + 1);
    }

    private void time(final RecordedMessage message, final long captureNs, final boolean isBehindDeleted) {
        if (count == 0) {
            firstNs = captureNs;
            source = source(message);
        } else if (captureNs < lastNs) {
            log.add(new Finding(
                    FindingKind.TIME_ORDER,
                    Place.of(latest, message.position(), message.nextPosition()),
                    new TimeSpan(lastNs, captureNs),
                    null,
                    "captured " + TimeSpan.seconds(lastNs - captureNs) + " before the message before it"));
        } else if (!isBehindDeleted && captureNs - lastNs > silence.toNs() - silence.fromNs()) {
            silence = new TimeSpan(lastNs, captureNs);
        }
        lastNs = Math.max(lastNs, captureNs);
    }

    private static NodeId source(final RecordedMessage message) {
        try {
            return MessageSchema.source(message.buffer(), message.offset());
        } catch (final IllegalArgumentException e) {
            // A node that only a younger build knows.
            return NodeId.NULL_VAL;
        }
    }
}
