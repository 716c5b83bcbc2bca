package io.tendon.fusion.link;

import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.fusion.align.Window;
import io.tendon.fusion.estimator.JointEstimator;
import io.tendon.fusion.task.PickAndPlace;
import io.tendon.robot.Pose;
import io.tendon.schemas.BooleanType;
import io.tendon.schemas.FusedStateEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;

/** Encodes closed windows onto fusion.state, one each. What is not known yet is NaN. Fusion's thread. */
@RealTime
public final class FusedStatePublisher {
    private final MessagePublisher publisher;
    private final NodeId source;
    private final int inputStreamId;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final FusedStateEncoder encoder = new FusedStateEncoder();
    private final double[] quaternion = new double[4];
    private final double[] forceN = new double[3];

    /**
     * A publisher.
     *
     * @param publisher of fusion.state.
     */
    public FusedStatePublisher(final MessagePublisher publisher) {
        this(publisher, NodeId.FUSION, StreamCatalog.CONTROL_STATE);
    }

    /**
     * A publisher for another node than fusion.
     *
     * @param publisher of fusion.state, or of its shadow.
     * @param source that writes.
     * @param input stream of the samples.
     */
    public FusedStatePublisher(final MessagePublisher publisher, final NodeId source, final StreamDescriptor input) {
        this.publisher = publisher;
        this.source = source;
        this.inputStreamId = input.streamId();
    }

    /**
     * Publishes what fusion makes of a window.
     *
     * @param window closed.
     * @param estimate at its end.
     * @param tool pose of the tip for that estimate.
     * @param task after its decision on the window.
     * @param nowNs when, ns since the epoch.
     * @return false when the offer was refused; the publisher has counted it.
     */
    public boolean publish(
            final Window window,
            final JointEstimator estimate,
            final Pose tool,
            final PickAndPlace task,
            final long nowNs) {
        final int inputs = window.receivedSamples() > 0 ? 1 : 0;
        final int joints = estimate.isInitialised() ? estimate.positions().length : 0;
        if (!publisher.claim(MessageLengths.fusedState(joints, inputs)).isAccepted()) {
            return false;
        }
        encoder.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header);
        encoder.stamp().sequence(publisher.sequence()).captureTimeNs(nowNs).source(source);
        encodeWindow(window);
        encodeTool(estimate.isInitialised(), tool);
        encoder.tasksCompleted(task.completed())
                .tasksFailed(task.failed())
                .taskStep(TaskStepCode.of(task.step()))
                .objectHeld(task.isObjectHeld() ? BooleanType.TRUE : BooleanType.FALSE);
        final FusedStateEncoder.InputsEncoder input = encoder.inputsCount(inputs);
        if (inputs > 0) {
            input.next()
                    .streamId(inputStreamId)
                    .sessionId(window.sessionId())
                    .fromPosition(window.fromPosition())
                    .toPosition(window.toPosition());
        }
        final FusedStateEncoder.JointsEncoder joint = encoder.jointsCount(joints);
        for (int i = 0; i < joints; i++) {
            joint.next()
                    .position(estimate.positions()[i])
                    .velocity(estimate.velocities()[i])
                    .effort(estimate.efforts()[i]);
        }
        publisher.commit();
        return true;
    }

    private void encodeWindow(final Window window) {
        final int count = window.receivedSamples();
        encoder.windowStartNs(window.startNs())
                .windowEndNs(window.endNs())
                .completenessMask(window.completenessMask())
                .newestSampleAgeNs(window.newestSampleAgeNs())
                .expectedSamples(window.expectedSamples())
                .receivedSamples(count)
                .lateSamples(window.lateSamples());
        for (int i = 0; i < 3; i++) {
            forceN[i] = count > 0 ? 0 : Double.NaN;
            for (int k = 0; k < count; k++) {
                forceN[i] += window.sample(k).wristForceN[i] / count;
            }
        }
        encoder.wristForceN().x(forceN[0]).y(forceN[1]).z(forceN[2]);
        encoder.gripperWidthM(count > 0 ? window.newest().gripperWidthM : Double.NaN);
    }

    private void encodeTool(final boolean isKnown, final Pose tool) {
        if (!isKnown) {
            encoder.toolPositionM().x(Double.NaN).y(Double.NaN).z(Double.NaN);
            encoder.toolOrientation().x(Double.NaN).y(Double.NaN).z(Double.NaN).w(Double.NaN);
            return;
        }
        final double[] position = tool.positionM();
        encoder.toolPositionM().x(position[0]).y(position[1]).z(position[2]);
        tool.quaternion(quaternion);
        encoder.toolOrientation()
                .x(quaternion[0])
                .y(quaternion[1])
                .z(quaternion[2])
                .w(quaternion[3]);
    }
}
