package io.tendon.bus.query;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.Durations;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.schemas.AnswerDecoder;
import io.tendon.schemas.AnswerStatus;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.QueryEncoder;
import io.tendon.schemas.QueryKind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.ExpandableArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the store of a running robot. Belongs to a command's main thread, or to that of a node before its loop starts; waits
 * and allocates.
 */
public final class QueryClient implements AutoCloseable {
    /** Longest text of a question, in bytes of UTF-8. */
    public static final int MAX_TEXT_BYTES = 4096;

    private static final long POLL_NS = 200_000L;
    private static final int FRAGMENTS = 64;
    /** For a recorder that lives to see the question: it may be in the middle of another answer. */
    private static final long GRACE_NS = 2_000_000_000L;
    /** For a recorder that begins: so long it may not listen yet. */
    private static final long LISTEN_NS = 5_000_000_000L;

    private final BusConnection bus;
    private final SecureRandom random = new SecureRandom();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AnswerDecoder decoder = new AnswerDecoder();
    private byte[] contentBuffer = {};
    private long queryId;
    private long asked;
    private @Nullable AnswerStatus status;

    private QueryClient(final BusConnection bus) {
        this.bus = bus;
    }

    /**
     * Connects to a running robot.
     *
     * @param directory of the robot.
     * @param errors told of what goes wrong in the client's own thread.
     * @return the client.
     * @throws CommandFailure when no session runs.
     */
    public static QueryClient connect(final RuntimeDirectory directory, final ErrorHandler errors) {
        return new QueryClient(BusConnection.connect(directory, NodeId.OPERATOR, errors, 0));
    }

    /**
     * Asks, and waits for all of the answer.
     *
     * @param kind of the question.
     * @param text by kind; at most {@link #MAX_TEXT_BYTES}.
     * @param timeoutNs how long the answer may take.
     * @param answer gets the content: lines of JSON, as they come.
     * @throws CommandFailure when the question was refused, with the reason, or nothing came in time.
     * @throws IOException when the content cannot be passed on.
     */
    public void ask(final QueryKind kind, final String text, final long timeoutNs, final OutputStream answer)
            throws IOException {
        final byte[] textBytes = text.getBytes(StandardCharsets.UTF_8);
        if (textBytes.length > MAX_TEXT_BYTES) {
            throw new CommandFailure("question: is " + textBytes.length + " bytes long; must be at most "
                    + MAX_TEXT_BYTES + " while the robot runs; shorten it");
        }
        queryId = random.nextLong();
        status = null;
        final int answerSessionId = random.nextInt();
        final Aeron aeron = bus.aeron();
        Subscription answers = null;
        ExclusivePublication questions = null;
        try {
            answers = aeron.addSubscription(
                    QueryChannels.answer(answerSessionId), StreamCatalog.QUERY_RESPONSE.streamId());
            questions =
                    aeron.addExclusivePublication(QueryChannels.questions(), StreamCatalog.QUERY_REQUEST.streamId());
            final long deadlineNs = System.nanoTime() + timeoutNs + GRACE_NS;
            publish(questions, kind, textBytes, answerSessionId, timeoutNs, deadlineNs);
            receive(answers, answer, timeoutNs, deadlineNs);
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        } finally {
            CloseHelper.quietCloseAll(questions, answers);
        }
    }

    @Override
    public void close() {
        bus.close();
    }

    private void publish(
            final ExclusivePublication questions,
            final QueryKind kind,
            final byte[] text,
            final int answerSessionId,
            final long timeoutNs,
            final long deadlineNs) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final QueryEncoder encoder = new QueryEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.stamp().sequence(asked++).captureTimeNs(bus.clock().nanoTime()).source(NodeId.OPERATOR);
        encoder.queryId(queryId)
                .timeoutNs(timeoutNs)
                .answerSessionId(answerSessionId)
                .kind(kind);
        encoder.inputsCount(0);
        encoder.putText(text, 0, text.length);
        final int lengthBytes = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        final long listenNs = System.nanoTime() + LISTEN_NS;
        long result = questions.offer(buffer, 0, lengthBytes);
        while (result <= 0) {
            final boolean isUnheard = result == Publication.NOT_CONNECTED;
            pause(
                    isUnheard ? Math.min(listenNs, deadlineNs) : deadlineNs,
                    isUnheard
                            ? "nobody answers; the recorder is gone, or runs with --no-index: ask when the session is over"
                            : "the recorder takes no questions; see persistence-node status");
            result = questions.offer(buffer, 0, lengthBytes);
        }
    }

    private void receive(
            final Subscription answers, final OutputStream answer, final long timeoutNs, final long deadlineNs) {
        final FragmentHandler handler = (buffer, offset, length, frame) -> onAnswer(buffer, offset, length, answer);
        while (status != AnswerStatus.DONE) {
            final boolean hadImage = answers.imageCount() > 0;
            if (answers.poll(handler, FRAGMENTS) == 0) {
                if (hadImage && answers.hasNoImages()) {
                    throw new CommandFailure(
                            "question: the answer broke off; persistence-node ended or gave it up: ask again");
                }
                pause(
                        deadlineNs,
                        "no answer within " + Durations.format(timeoutNs)
                                + "; ask for less, or with a longer --timeout");
            }
        }
    }

    private void onAnswer(final DirectBuffer buffer, final int offset, final int length, final OutputStream answer) {
        if (!MessageSchema.isMessage(buffer, offset, length)
                || MessageSchema.templateId(buffer, offset) != AnswerDecoder.TEMPLATE_ID) {
            return;
        }
        decoder.wrapAndApplyHeader(buffer, offset, header);
        if (decoder.queryId() != queryId) {
            return;
        }
        status = decoder.status();
        decoder.inputs();
        final int contentLength = decoder.contentLength();
        if (contentBuffer.length < contentLength) {
            contentBuffer = new byte[contentLength];
        }
        decoder.getContent(contentBuffer, 0, contentLength);
        if (status == AnswerStatus.FAILED) {
            throw new CommandFailure(new String(contentBuffer, 0, contentLength, StandardCharsets.UTF_8));
        }
        try {
            answer.write(contentBuffer, 0, contentLength);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pause(final long deadlineNs, final String failure) {
        if (System.nanoTime() - deadlineNs >= 0 || bus.isClosed()) {
            throw new CommandFailure("question: " + failure);
        }
        LockSupport.parkNanos(POLL_NS);
    }
}
