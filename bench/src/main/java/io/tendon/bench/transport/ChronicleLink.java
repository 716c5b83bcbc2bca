package io.tendon.bench.transport;

import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A Chronicle Queue each way, on tmpfs. Made and used by one thread. */
final class ChronicleLink implements Link {
    private static final int BATCH = 256;
    private static final int MAX_BYTES = 8192;

    private final ChronicleQueue out;
    private final ChronicleQueue in;
    private final ExcerptAppender appender;
    private final ExcerptTailer tailer;
    private final byte[] sent = new byte[MAX_BYTES];
    private final byte[] received = new byte[MAX_BYTES];
    private final UnsafeBuffer receivedBuffer = new UnsafeBuffer(received);

    private ChronicleLink(final Path out, final Path in) {
        this.out = queue(out);
        this.in = queue(in);
        this.appender = this.out.createAppender();
        this.tailer = this.in.createTailer();
    }

    static ChronicleLink open(final LinkPlace place, final Side side) {
        final Path there = place.directory().resolve("ping-to-echo");
        final Path back = place.directory().resolve("echo-to-ping");
        return side == Side.PING ? new ChronicleLink(there, back) : new ChronicleLink(back, there);
    }

    @Override
    public boolean send(final DirectBuffer buffer, final int offset, final int lengthBytes) {
        buffer.getBytes(offset, sent, 0, lengthBytes);
        try (DocumentContext document = appender.writingDocument()) {
            bytes(document).write(sent, 0, lengthBytes);
        }
        return true;
    }

    @Override
    public int poll(final Receiver receiver) {
        for (int i = 0; i < BATCH; i++) {
            final int lengthBytes;
            try (DocumentContext document = tailer.readingDocument()) {
                if (!document.isPresent()) {
                    return i;
                }
                lengthBytes = bytes(document).read(received);
            }
            receiver.onMessage(receivedBuffer, 0, lengthBytes);
        }
        return BATCH;
    }

    @Override
    public void close() {
        out.close();
        in.close();
    }

    private static ChronicleQueue queue(final Path directory) {
        return ChronicleQueue.singleBuilder(directory)
                .rollCycle(RollCycles.FAST_DAILY)
                .build();
    }

    private static Bytes<?> bytes(final DocumentContext document) {
        final net.openhft.chronicle.wire.Wire wire = document.wire();
        if (wire == null) {
            throw new IllegalStateException("chronicle queue: a document without content");
        }
        return wire.bytes();
    }
}
