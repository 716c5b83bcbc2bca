package io.tendon.bus.catalog;

import io.tendon.schemas.CommandAckEncoder;
import io.tendon.schemas.EmbeddingEncoder;
import io.tendon.schemas.EventEncoder;
import io.tendon.schemas.FusedStateEncoder;
import io.tendon.schemas.GroupSizeEncodingEncoder;
import io.tendon.schemas.HealthEncoder;
import io.tendon.schemas.InferenceEncoder;
import io.tendon.schemas.JointSetpointEncoder;
import io.tendon.schemas.JointStateEncoder;
import io.tendon.schemas.LossEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.OperatorCommandEncoder;
import io.tendon.schemas.RecordingProgressEncoder;
import io.tendon.schemas.StateEntryEncoder;

/** Lengths of encoded messages, from the schema's own block lengths. Header included, frame not. */
public final class MessageLengths {
    /** Longest text that an event carries, in bytes; longer ones are cut by the publisher. */
    public static final int MAX_EVENT_TEXT_BYTES = 512;

    /** Longest key of a state entry, in bytes. */
    public static final int MAX_STATE_KEY_BYTES = 128;

    /** Longest content of a state entry, in bytes. */
    public static final int MAX_STATE_CONTENT_BYTES = 1024;

    /** Most elements of an embedding. */
    public static final int MAX_EMBEDDING_ELEMENTS = 512;

    /** Longest label and model of an embedding, in bytes, together. */
    public static final int MAX_EMBEDDING_TEXT_BYTES = 192;

    /** Longest name of a model that judges windows, in bytes. */
    public static final int MAX_MODEL_NAME_BYTES = 64;

    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int GROUP = GroupSizeEncodingEncoder.ENCODED_LENGTH;
    private static final int VAR_DATA_HEADER = 2;

    private MessageLengths() {}

    /** A joint state of so many joints that names so many inputs. */
    public static int jointState(final int joints, final int inputs) {
        return HEADER
                + JointStateEncoder.BLOCK_LENGTH
                + GROUP
                + inputs * JointStateEncoder.InputsEncoder.sbeBlockLength()
                + GROUP
                + joints * JointStateEncoder.JointsEncoder.sbeBlockLength();
    }

    /** A joint set-point of so many joints that names so many inputs. */
    public static int jointSetpoint(final int joints, final int inputs) {
        return HEADER
                + JointSetpointEncoder.BLOCK_LENGTH
                + GROUP
                + inputs * JointSetpointEncoder.InputsEncoder.sbeBlockLength()
                + GROUP
                + joints * JointSetpointEncoder.JointsEncoder.sbeBlockLength();
    }

    /** A fused state of so many joints that names so many inputs. */
    public static int fusedState(final int joints, final int inputs) {
        return HEADER
                + FusedStateEncoder.BLOCK_LENGTH
                + GROUP
                + inputs * FusedStateEncoder.InputsEncoder.sbeBlockLength()
                + GROUP
                + joints * FusedStateEncoder.JointsEncoder.sbeBlockLength();
    }

    /** An event with a text of so many bytes that names so many inputs. */
    public static int event(final int textBytes, final int inputs) {
        return HEADER
                + EventEncoder.BLOCK_LENGTH
                + GROUP
                + inputs * EventEncoder.InputsEncoder.sbeBlockLength()
                + VAR_DATA_HEADER
                + textBytes;
    }

    /** A loss that names no input. */
    public static int loss() {
        return HEADER + LossEncoder.BLOCK_LENGTH + GROUP;
    }

    /** An acknowledgement with a reason of so many bytes that names so many inputs. */
    public static int commandAck(final int reasonBytes, final int inputs) {
        return HEADER
                + CommandAckEncoder.BLOCK_LENGTH
                + GROUP
                + inputs * CommandAckEncoder.InputsEncoder.sbeBlockLength()
                + VAR_DATA_HEADER
                + reasonBytes;
    }

    /** An operator's command that names no input. */
    public static int operatorCommand() {
        return HEADER + OperatorCommandEncoder.BLOCK_LENGTH + GROUP;
    }

    /** A heartbeat that names no input. */
    public static int health() {
        return HEADER + HealthEncoder.BLOCK_LENGTH + GROUP;
    }

    /** The recorder's progress over so many recordings; it names no input. */
    public static int recordingProgress(final int recordings) {
        return HEADER
                + RecordingProgressEncoder.BLOCK_LENGTH
                + GROUP
                + GROUP
                + recordings * RecordingProgressEncoder.RecordingsEncoder.sbeBlockLength();
    }

    /** A state entry with a key and a content of so many bytes that names no input. */
    public static int stateEntry(final int keyBytes, final int contentBytes) {
        return HEADER
                + StateEntryEncoder.BLOCK_LENGTH
                + GROUP
                + VAR_DATA_HEADER
                + keyBytes
                + VAR_DATA_HEADER
                + contentBytes;
    }

    /** An embedding of so many elements, with label and model of so many bytes together, that names so many inputs. */
    public static int embedding(final int elements, final int textBytes, final int inputs) {
        return HEADER
                + EmbeddingEncoder.BLOCK_LENGTH
                + GROUP
                + inputs * EmbeddingEncoder.InputsEncoder.sbeBlockLength()
                + GROUP
                + elements * EmbeddingEncoder.ElementsEncoder.sbeBlockLength()
                + VAR_DATA_HEADER
                + VAR_DATA_HEADER
                + textBytes;
    }

    /** What a model with a name of so many bytes makes of a window, that names so many inputs. */
    public static int inference(final int nameBytes, final int inputs) {
        return HEADER
                + InferenceEncoder.BLOCK_LENGTH
                + GROUP
                + inputs * InferenceEncoder.InputsEncoder.sbeBlockLength()
                + VAR_DATA_HEADER
                + nameBytes;
    }
}
