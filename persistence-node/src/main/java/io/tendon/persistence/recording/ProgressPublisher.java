package io.tendon.persistence.recording;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.RecordingProgressEncoder;
import java.util.List;
import org.agrona.concurrent.EpochNanoClock;

/** Says on persistence.progress, 10 Hz, how far writers, recordings and the device have come. One owner thread. */
public final class ProgressPublisher implements AutoCloseable {
    private static final long PERIOD_NS = 100_000_000L;
    private static final long GONE = -1;

    private final MessagePublisher publisher;
    private final DurablePositions durable;
    private final EpochNanoClock clock;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RecordingProgressEncoder encoder = new RecordingProgressEncoder();
    private long nextNs;

    /**
     * Publishes nothing by itself.
     *
     * @param publisher of persistence.progress; closed with this.
     * @param durable how far the device has come.
     * @param clock of the session.
     */
    public ProgressPublisher(
            final MessagePublisher publisher, final DurablePositions durable, final EpochNanoClock clock) {
        this.publisher = publisher;
        this.durable = durable;
        this.clock = clock;
    }

    /**
     * Publishes when it is time to.
     *
     * @param scan just updated.
     * @return 1 when a message was published.
     */
    public int doWork(final PositionScan scan) {
        final int work = publisher.doWork() > 0 ? 1 : 0;
        final long nowNs = clock.nanoTime();
        if (nowNs < nextNs) {
            return work;
        }
        nextNs = nowNs + PERIOD_NS;
        final int count = Math.min(scan.recorders().size(), StreamCatalog.MAX_RECORDINGS);
        if (!publisher.claim(MessageLengths.recordingProgress(count)).isAccepted()) {
            return work;
        }
        encoder.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header);
        encoder.stamp().sequence(publisher.sequence()).captureTimeNs(nowNs).source(NodeId.PERSISTENCE);
        encoder.inputsCount(0);
        final RecordingProgressEncoder.RecordingsEncoder recordings = encoder.recordingsCount(count);
        for (final RecorderPosition recorder : scan.recorders().subList(0, count)) {
            recordings
                    .next()
                    .recordingId(recorder.recordingId())
                    .publishedPosition(publishedPosition(scan.publications(), recorder.sessionId()))
                    .recordedPosition(recorder.position())
                    .durablePosition(durable.position(recorder.recordingId(), 0))
                    .streamId(recorder.streamId())
                    .sessionId(recorder.sessionId());
        }
        publisher.commit();
        return 1;
    }

    @Override
    public void close() {
        publisher.close();
    }

    private static long publishedPosition(final List<PublicationPosition> publications, final int sessionId) {
        for (final PublicationPosition publication : publications) {
            if (publication.sessionId() == sessionId) {
                return publication.position();
            }
        }
        return GONE;
    }
}
