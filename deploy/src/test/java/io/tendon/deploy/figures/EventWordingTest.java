package io.tendon.deploy.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.AnomalyKind;
import io.tendon.schemas.EventEncoder;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.Severity;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.nio.ByteBuffer;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EventWordingTest {
    private static final RecordingDescriptor RECORDING = new RecordingDescriptor(
            3,
            StreamCatalog.CONTROL_EVENT.streamId(),
            111,
            0,
            -1,
            0,
            -1,
            0,
            1 << 16,
            1 << 16,
            8192,
            "aeron:ipc?alias=rec.control.event",
            true,
            List.of());

    @Test
    void shouldSayInWhatWayOfWhichJointAndHowMuchAnAnomalyIs() {
        assertThat(words(EventKind.ANOMALY, 2, 3.44, AnomalyKind.ENCODER, "0.034 rad/s apart, allowed 0.01 rad/s"))
                .isEqualTo("encoder of joint 2, 3.4 times allowed: 0.034 rad/s apart, allowed 0.01 rad/s");
        assertThat(words(EventKind.ANOMALY, -1, 1, AnomalyKind.SENSOR_FREEZE, ""))
                .isEqualTo("sensor freeze, 1.0 times allowed");
    }

    @Test
    void shouldSayAFaultAsItWasAskedFor() {
        assertThat(words(EventKind.FAULT_INJECTED, 2, 0.2, AnomalyKind.NULL_VAL, "friction@20s,joint=2,amount=0.2"))
                .isEqualTo("friction@20s,joint=2,amount=0.2");
    }

    private static String words(
            final EventKind kind, final int code, final double amount, final AnomalyKind anomaly, final String text) {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(1024));
        final EventEncoder encoder = new EventEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.stamp().sequence(1).captureTimeNs(1).source(NodeId.CONTROL);
        encoder.amount(amount).code(code).kind(kind).severity(Severity.WARNING).anomaly(anomaly);
        encoder.inputsCount(0);
        encoder.text(text);
        final RecordedMessage message = new RecordedMessage(RECORDING, buffer);
        message.wrap(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength(), 0, 128);
        return new EventWording().describe(message).orElseThrow().text();
    }
}
