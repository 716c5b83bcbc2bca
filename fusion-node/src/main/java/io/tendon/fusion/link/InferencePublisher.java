package io.tendon.fusion.link;

import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.fusion.inference.InferenceSlot;
import io.tendon.fusion.inference.ModelFile;
import io.tendon.schemas.InferenceEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import java.nio.charset.StandardCharsets;

/** Encodes what a model made of windows onto fusion.inference, one message each. Fusion's thread. */
@RealTime
public final class InferencePublisher {
    private final MessagePublisher publisher;
    private final byte[] modelName;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final InferenceEncoder encoder = new InferenceEncoder();

    /**
     * A publisher.
     *
     * @param publisher of fusion.inference.
     * @param file manifest of the model.
     */
    public InferencePublisher(final MessagePublisher publisher, final ModelFile file) {
        this.publisher = publisher;
        this.modelName = file.name().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Publishes a score.
     *
     * @param window with its score.
     * @param nowNs when, ns since the epoch.
     * @return false when the offer was refused; the publisher has counted it.
     */
    public boolean publish(final InferenceSlot window, final long nowNs) {
        if (!publisher.claim(MessageLengths.inference(modelName.length, 1)).isAccepted()) {
            return false;
        }
        encoder.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header);
        encoder.stamp().sequence(publisher.sequence()).captureTimeNs(nowNs).source(NodeId.FUSION);
        encoder.windowStartNs(window.windowStartNs)
                .windowEndNs(window.windowEndNs)
                .score(window.score)
                .threshold(window.threshold)
                .latencyNs(window.latencyNs)
                .skippedWindows(window.skippedWindows);
        encoder.inputsCount(1)
                .next()
                .streamId(StreamCatalog.CONTROL_STATE.streamId())
                .sessionId(window.sessionId)
                .fromPosition(window.fromPosition)
                .toPosition(window.toPosition);
        encoder.putModel(modelName, 0, modelName.length);
        publisher.commit();
        return true;
    }
}
