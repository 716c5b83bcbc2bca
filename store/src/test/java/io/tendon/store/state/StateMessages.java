package io.tendon.store.state;

import io.tendon.schemas.BooleanType;
import io.tendon.schemas.EmbeddingEncoder;
import io.tendon.schemas.EmbeddingKind;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.StateEntryEncoder;
import io.tendon.sessionlog.TestMessages;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Messages that put something under a key, and one that is too long for the map. */
final class StateMessages {
    private static final int CAPACITY_BYTES = 8_000;

    private StateMessages() {}

    static UnsafeBuffer entry(final long sequence, final long captureTimeNs, final String key, final String content) {
        return entry(sequence, captureTimeNs, key, content, BooleanType.FALSE);
    }

    static UnsafeBuffer removal(final long sequence, final long captureTimeNs, final String key) {
        return entry(sequence, captureTimeNs, key, "", BooleanType.TRUE);
    }

    static UnsafeBuffer embedding(final long sequence, final int elements) {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY_BYTES));
        final EmbeddingEncoder encoder =
                new EmbeddingEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.stamp()
                .sequence(sequence)
                .captureTimeNs(TestMessages.START_NS + sequence * TestMessages.PERIOD_NS)
                .source(NodeId.FUSION);
        encoder.fromTimeNs(0).toTimeNs(1).kind(EmbeddingKind.OBJECT).inputsCount(0);
        final EmbeddingEncoder.ElementsEncoder vector = encoder.elementsCount(elements);
        for (int i = 0; i < elements; i++) {
            vector.next().amount((float) (sequence + i));
        }
        encoder.label("mug").model("m");
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    private static UnsafeBuffer entry(
            final long sequence,
            final long captureTimeNs,
            final String key,
            final String content,
            final BooleanType removed) {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY_BYTES));
        final StateEntryEncoder encoder =
                new StateEntryEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.stamp().sequence(sequence).captureTimeNs(captureTimeNs).source(NodeId.OPERATOR);
        encoder.removed(removed).inputsCount(0);
        encoder.key(key).content(content);
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }
}
