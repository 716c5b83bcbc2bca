package io.tendon.bus.query;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.AnswerEncoder;
import io.tendon.schemas.AnswerStatus;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Writes one answer, in parts, to a log that only the one who asked reads. Waits for the reader, and gives up when it is gone
 * or takes nothing for a while. One owner thread, which nobody else may depend on.
 */
public final class AnswerWriter extends OutputStream {
    private static final int PART_BYTES = 7_680;
    private static final long POLL_NS = 200_000L;
    private static final long PATIENCE_NS = 10_000_000_000L;
    /** For the log of the answer and its reader to find each other; later there is none only when it has gone. */
    private static final long CONNECT_NS = 2_000_000_000L;

    private final ExclusivePublication publication;
    private final EpochNanoClock clock;
    private final long queryId;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AnswerEncoder encoder = new AnswerEncoder();
    private final ExpandableArrayBuffer messageBuffer = new ExpandableArrayBuffer(PART_BYTES + 512);
    private final byte[] partBuffer = new byte[PART_BYTES];
    private int partLength;
    private long parts;
    private boolean wasConnected;

    /**
     * Opens the log of the answer.
     *
     * @param aeron of this node.
     * @param clock of the session.
     * @param question that is answered.
     */
    public AnswerWriter(final Aeron aeron, final EpochNanoClock clock, final Question question) {
        this.publication = aeron.addExclusivePublication(
                QueryChannels.answer(question.answerSessionId()), StreamCatalog.QUERY_RESPONSE.streamId());
        this.clock = clock;
        this.queryId = question.queryId();
    }

    @Override
    public void write(final int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(final byte[] bytes, final int from, final int length) throws IOException {
        int written = 0;
        while (written < length) {
            final int count = Math.min(length - written, PART_BYTES - partLength);
            System.arraycopy(bytes, from + written, partBuffer, partLength, count);
            partLength += count;
            written += count;
            if (partLength == PART_BYTES) {
                send(AnswerStatus.MORE);
            }
        }
    }

    /**
     * Ends the answer.
     *
     * @throws IOException when it is not taken.
     */
    public void done() throws IOException {
        send(AnswerStatus.DONE);
    }

    /**
     * Ends it with a refusal; what was sent of it before is void.
     *
     * @param reason for a person, with the remedy.
     * @throws IOException when it is not taken.
     */
    public void failed(final String reason) throws IOException {
        final byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        partLength = Math.min(bytes.length, PART_BYTES);
        System.arraycopy(bytes, 0, partBuffer, 0, partLength);
        send(AnswerStatus.FAILED);
    }

    @Override
    public void close() {
        publication.close();
    }

    private void send(final AnswerStatus status) throws IOException {
        encoder.wrapAndApplyHeader(messageBuffer, 0, header);
        encoder.stamp().sequence(parts++).captureTimeNs(clock.nanoTime()).source(NodeId.PERSISTENCE);
        encoder.queryId(queryId).status(status).inputsCount(0);
        encoder.putContent(partBuffer, 0, partLength);
        partLength = 0;
        final int lengthBytes = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        final long beganNs = System.nanoTime();
        long result = publication.offer(messageBuffer, 0, lengthBytes);
        while (result <= 0) {
            final long patienceNs = result != Publication.NOT_CONNECTED ? PATIENCE_NS : wasConnected ? 0 : CONNECT_NS;
            if (publication.isClosed()
                    || Thread.currentThread().isInterrupted()
                    || System.nanoTime() - beganNs >= patienceNs) {
                throw new IOException("the answer is not read");
            }
            LockSupport.parkNanos(POLL_NS);
            result = publication.offer(messageBuffer, 0, lengthBytes);
        }
        wasConnected = true;
    }
}
