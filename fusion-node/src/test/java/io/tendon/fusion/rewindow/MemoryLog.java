package io.tendon.fusion.rewindow;

import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.recording.MessageCursor;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A stream's log in memory, read back by capture time. */
final class MemoryLog {
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(RecordingDescriptor recording, UnsafeBuffer message, long position) {
        long captureTimeNs() {
            return MessageSchema.captureTimeNs(message, 0);
        }
    }

    void add(final int sessionId, final UnsafeBuffer message) {
        final RecordingDescriptor recording = new RecordingDescriptor(
                0, 1, sessionId, 0, 0, 0, 0, 0, 65_536, 65_536, 1408, "aeron:ipc", true, List.of());
        entries.add(new Entry(recording, message, 64L * entries.size()));
    }

    MessageCursor cursor() {
        final List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(Entry::captureTimeNs));
        return new MessageCursor() {
            private int next;

            @Override
            public boolean next() {
                return next++ < sorted.size();
            }

            @Override
            public RecordedMessage message() {
                final Entry entry = sorted.get(next - 1);
                final RecordedMessage message = new RecordedMessage(entry.recording(), entry.message());
                message.wrap(entry.message(), 0, entry.message().capacity(), entry.position(), entry.position() + 64);
                return message;
            }

            @Override
            public void close() {
                next = sorted.size();
            }
        };
    }
}
