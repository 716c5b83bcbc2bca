package io.tendon.sessionlog.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.schemas.JointStateDecoder;
import io.tendon.schemas.LossReason;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.json.MessageIr;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EncodedLengthTest {
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    private final EncodedLength lengths = new EncodedLength(MessageIr.decode(MessageSchema.irBytes()));

    @Test
    void shouldGiveTheLengthThatWasEncodedWithGroupsAndDataAndDataInGroups() {
        final WriterLife life = new WriterLife(1001, 7);
        for (final UnsafeBuffer message : List.of(
                TestMessages.event(1),
                TestMessages.event(2, 3, ""),
                TestMessages.jointState(1),
                TestMessages.sessionDescription(0, "arm"),
                VerifyMessages.loss(NodeId.CONTROL, 1, life, 2, 3, LossReason.BACK_PRESSURED),
                VerifyMessages.logReplaced(NodeId.CONTROL, 1, life, 100, 4096),
                VerifyMessages.progress(0, 1, life, 64))) {
            assertThat(HEADER + length(message, message.capacity())).isEqualTo(message.capacity());
        }
    }

    @Test
    void shouldSaySoWhenTheMessageWouldGoOnBehindTheLimit() {
        final UnsafeBuffer message = TestMessages.sessionDescription(0, "arm");
        for (int limit = HEADER; limit < message.capacity(); limit++) {
            assertThat(length(message, limit)).as("limit %d", limit).isEqualTo(EncodedLength.BEYOND_LIMIT);
        }
    }

    @Test
    void shouldTakeTheBlockLengthOfTheMessageAndNotOfTheSchema() {
        final UnsafeBuffer message = TestMessages.jointState(1);
        final int blockLength = message.getShort(0, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        final UnsafeBuffer older = new UnsafeBuffer(new byte[message.capacity() - 4]);
        older.putBytes(0, message, 0, HEADER + blockLength - 4);
        older.putBytes(
                HEADER + blockLength - 4, message, HEADER + blockLength, message.capacity() - HEADER - blockLength);
        older.putShort(0, (short) (blockLength - 4), ByteOrder.LITTLE_ENDIAN);

        assertThat(lengths.of(JointStateDecoder.TEMPLATE_ID, 0, blockLength - 4, older, HEADER, older.capacity()))
                .isEqualTo(older.capacity() - HEADER);
    }

    @Test
    void shouldNotKnowATemplateThatTheSchemaLacks() {
        assertThat(lengths.knows(JointStateDecoder.TEMPLATE_ID)).isTrue();
        assertThat(lengths.knows(999)).isFalse();
    }

    private long length(final UnsafeBuffer message, final int limit) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(message, 0);
        return lengths.of(header.templateId(), header.version(), header.blockLength(), message, HEADER, limit);
    }
}
