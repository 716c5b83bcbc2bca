package io.tendon.training;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.fusion.align.ArmSample;
import io.tendon.fusion.align.Window;
import io.tendon.fusion.align.WindowAligner;
import io.tendon.fusion.align.WindowTiming;
import io.tendon.fusion.estimator.EstimatorNoise;
import io.tendon.fusion.estimator.JointEstimator;
import io.tendon.fusion.inference.GapWatch;
import io.tendon.fusion.inference.JudgedWindows;
import io.tendon.fusion.inference.WindowFeatures;
import io.tendon.fusion.link.JointStateAdapter;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.Damage;
import io.tendon.sessionlog.recording.MessageCursor;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.StreamReader;
import io.tendon.sessionlog.recording.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes of a recorded session the rows that fusion's model would have been shown, with fusion's own classes; on request some of
 * the samples are left out, as if they had been lost. One owner thread.
 */
final class SessionRows {
    private static final int MAX_CATCH_UP_WINDOWS = 20;

    private final JointEstimator estimator;
    private final WindowFeatures features;
    private final GapWatch gaps;
    private final WindowAligner aligner;
    private final SplittableRandom random;
    private final double dropped;
    private final List<TrainingRow> rows = new ArrayList<>();
    private boolean hasBegun;

    private SessionRows(final TrainingShape shape, final double dropped, final long seed) {
        this.dropped = dropped;
        final int joints = shape.robot().jointCount();
        estimator = new JointEstimator(joints, EstimatorNoise.DEFAULT);
        features = new WindowFeatures(shape.fields(), joints, shape.samplePeriodNs());
        gaps = new GapWatch(shape.gapNs(), new JudgedWindows(true, shape.settleNs()));
        aligner = new WindowAligner(
                new WindowTiming(
                        shape.windowNs(), shape.samplePeriodNs(), shape.samplePeriodNs(), MAX_CATCH_UP_WINDOWS),
                joints,
                0);
        random = new SplittableRandom(seed);
    }

    /**
     * Reads a session.
     *
     * @param session of the robot.
     * @param shape of the model to be.
     * @param dropped share of the samples that are left out, 0 to below 1.
     * @param seed of which.
     * @return in the order of time; windows in which the arm did not follow set-points, or only just, are left out.
     * @throws CommandFailure when its log is damaged, or of another arm.
     */
    static List<TrainingRow> read(
            final Session session, final TrainingShape shape, final double dropped, final long seed) {
        final SessionRows reading = new SessionRows(shape, dropped, seed);
        final ArchiveListing listing = ArchiveListing.of(session.directory().archive());
        final JointStateAdapter adapter =
                new JointStateAdapter(reading::onSample, shape.robot().jointCount(), joints -> {
                    throw new CommandFailure("session " + session.directory().sessionId() + " is of an arm with "
                            + joints + " joints, and the robot's file has "
                            + shape.robot().jointCount());
                });
        try (MessageCursor samples = new StreamReader(
                session.directory().archive(),
                listing.recordings(),
                StreamCatalog.CONTROL_STATE.streamId(),
                TimeRange.ALL,
                (final Damage damage) -> {
                    throw new CommandFailure("session " + session.directory().sessionId() + " is damaged: "
                            + damage.text() + "; `persistence-node repair` mends it");
                })) {
            while (samples.next()) {
                final RecordedMessage message = samples.message();
                adapter.onMessage(
                        message.buffer(),
                        message.offset(),
                        message.lengthBytes(),
                        message.recording().sessionId(),
                        message.position(),
                        message.nextPosition());
            }
        }
        return reading.rows;
    }

    /** Closes what fusion would have closed by now, and takes the sample. */
    private void onSample(final ArmSample sample) {
        if (dropped > 0 && random.nextDouble() < dropped) {
            return;
        }
        if (!hasBegun) {
            hasBegun = true;
            aligner.restart(sample.captureTimeNs);
        }
        aligner.skipTo(sample.captureTimeNs);
        while (aligner.isDue(sample.captureTimeNs)) {
            onWindow(aligner.close());
        }
        aligner.admit(sample);
    }

    private void onWindow(final Window window) {
        estimator.update(window);
        final int windowsSinceGap = gaps.update(window);
        final float[] row = new float[features.elements()];
        if (gaps.isJudged() && features.fill(window, estimator, row)) {
            rows.add(new TrainingRow(row, windowsSinceGap, window.endNs()));
        }
    }
}
