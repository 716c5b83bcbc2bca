package io.tendon.persistence.replay;

import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.schemas.EventEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.TimeRange;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A recording that a test writes down. */
final class ScriptedSource implements MessageSource {
    private final List<RecordedMessage> messages = new ArrayList<>();
    private List<RecordedMessage> left = List.of();
    private int index;

    /** A message of a stream, captured then. */
    ScriptedSource add(final StreamDescriptor stream, final long captureNs) {
        final RecordingDescriptor recording = new RecordingDescriptor(
                0, stream.streamId(), 7, 0, 1 << 20, 0, 0, 0, 1 << 20, 1 << 20, 8192, "aeron:ipc", true, List.of());
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
        final EventEncoder encoder = new EventEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.stamp().sequence(messages.size()).captureTimeNs(captureNs).source(NodeId.CONTROL);
        final RecordedMessage message = new RecordedMessage(recording, buffer);
        message.wrap(buffer, 0, 128, messages.size() * 160L, (messages.size() + 1) * 160L);
        messages.add(message);
        return this;
    }

    @Override
    public boolean seek(final TimeRange range) {
        left = messages.stream()
                .filter(message -> range.contains(message.captureTimeNs()))
                .toList();
        index = 0;
        return !left.isEmpty();
    }

    @Override
    public boolean next() {
        index++;
        return index < left.size();
    }

    @Override
    public RecordedMessage message() {
        return left.get(index);
    }
}
