package io.tendon.bench.store.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.schemas.JointStateDecoder;
import io.tendon.schemas.MessageHeaderDecoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ArmMessagesTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ArmMessages.LENGTH_BYTES]);

    @Test
    void shouldFillAMessageToItsEnd() {
        assertThat(new ArmMessages().encode(buffer, 0, 3, 5)).isEqualTo(ArmMessages.LENGTH_BYTES);
        final JointStateDecoder decoder =
                new JointStateDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        assertThat(decoder.stamp().sequence()).isEqualTo(3);
        assertThat(decoder.stamp().captureTimeNs()).isEqualTo(5);
        assertThat(decoder.inputs().next().streamId()).isEqualTo(1101);
        assertThat(decoder.joints().count()).isEqualTo(ArmMessages.JOINTS);
    }

    @Test
    void shouldSayTheSameOfTheSameSequenceAndElseSomethingOther() {
        final UnsafeBuffer again = new UnsafeBuffer(new byte[ArmMessages.LENGTH_BYTES]);
        final ArmMessages messages = new ArmMessages();
        messages.encode(buffer, 0, 7, 5);
        messages.encode(again, 0, 8, 5);
        assertThat(again.compareTo(buffer)).isNotZero();
        new ArmMessages().encode(again, 0, 7, 5);
        assertThat(again.compareTo(buffer)).isZero();
    }

    @Test
    void shouldStayInOrderInSpiteOfItsJitter() {
        final ArmMessages messages = new ArmMessages();
        for (long i = 0; i < 100_000; i++) {
            assertThat(messages.jitterNs(i)).isBetween(0L, ArmMessages.PERIOD_NS / 10);
        }
    }
}
