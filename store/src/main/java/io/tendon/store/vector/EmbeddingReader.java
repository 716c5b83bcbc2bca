package io.tendon.store.vector;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.schemas.EmbeddingDecoder;
import io.tendon.schemas.EmbeddingKind;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.recording.RecordedMessage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads embeddings out of recorded messages. One owner thread. */
final class EmbeddingReader {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EmbeddingDecoder decoder = new EmbeddingDecoder();

    /** Whether a message is an embedding. */
    static boolean isEmbedding(final RecordedMessage message) {
        return message.hasStamp()
                && MessageSchema.templateId(message.buffer(), message.offset()) == EmbeddingDecoder.TEMPLATE_ID;
    }

    /**
     * Reads one.
     *
     * @param message that {@link #isEmbedding}.
     * @return the embedding; none when it has no direction, no known kind, or more than the schema allows.
     */
    Optional<Embedding> read(final RecordedMessage message) {
        decoder.wrapAndApplyHeader(message.buffer(), message.offset(), header);
        final EmbeddingKind kind = kindOf(decoder.kindRaw());
        // Groups and data are read in the order of the schema: each begins where the one before was left.
        decoder.inputs().forEach(input -> {});
        final EmbeddingDecoder.ElementsDecoder elements = decoder.elements();
        final int dimension = elements.count();
        final float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = elements.next().amount();
        }
        final String label = decoder.label();
        final String model = decoder.model();
        if (kind == EmbeddingKind.NULL_VAL
                || dimension > MessageLengths.MAX_EMBEDDING_ELEMENTS
                || label.getBytes(StandardCharsets.UTF_8).length > VectorFileDescriptor.MAX_LABEL_BYTES
                || model.length() > VectorFileDescriptor.MAX_MODEL_BYTES
                || !UnitVector.normalise(vector)) {
            return Optional.empty();
        }
        final VectorEntry entry = new VectorEntry(
                message.recording().streamId(),
                message.recording().sessionId(),
                message.position(),
                message.nextPosition(),
                decoder.fromTimeNs(),
                decoder.toTimeNs(),
                message.captureTimeNs(),
                kind,
                label);
        return Optional.of(new Embedding(model, entry, vector));
    }

    /** The kind of that number; {@link EmbeddingKind#NULL_VAL} of one that this build does not know. */
    private static EmbeddingKind kindOf(final short raw) {
        for (final EmbeddingKind kind : EmbeddingKind.values()) {
            if (kind.value() == raw) {
                return kind;
            }
        }
        return EmbeddingKind.NULL_VAL;
    }

    /** An embedding that was read. Immutable but for its vector, which is whoever's it was given to. */
    static final class Embedding {
        private final String model;
        private final VectorEntry entry;
        private final float[] vector;

        Embedding(final String model, final VectorEntry entry, final float[] vector) {
            this.model = model;
            this.entry = entry;
            this.vector = vector;
        }

        /** In whose space it lies. */
        String model() {
            return model;
        }

        /** What it stands for. */
        VectorEntry entry() {
            return entry;
        }

        /** Of length 1. */
        float[] vector() {
            return vector;
        }
    }
}
