package io.tendon.bus.query;

import io.aeron.Aeron;
import io.aeron.Subscription;
import io.aeron.logbuffer.Header;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.QueryDecoder;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** Hears questions to the store. One owner thread. */
public final class QueryReader implements AutoCloseable {
    private final Subscription subscription;
    private final Consumer<Question> handler;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final QueryDecoder decoder = new QueryDecoder();

    /**
     * Begins to listen.
     *
     * @param aeron of this node.
     * @param handler of questions.
     */
    public QueryReader(final Aeron aeron, final Consumer<Question> handler) {
        this.subscription = aeron.addSubscription(QueryChannels.questions(), StreamCatalog.QUERY_REQUEST.streamId());
        this.handler = handler;
    }

    /** Handles one question, if one has come. */
    public int poll() {
        return subscription.poll(this::onFragment, 1);
    }

    @Override
    public void close() {
        subscription.close();
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header frame) {
        if (!MessageSchema.isMessage(buffer, offset, length)
                || MessageSchema.templateId(buffer, offset) != QueryDecoder.TEMPLATE_ID) {
            return;
        }
        decoder.wrapAndApplyHeader(buffer, offset, header);
        final long askedNs = decoder.stamp().captureTimeNs();
        final long queryId = decoder.queryId();
        final long timeoutNs = decoder.timeoutNs();
        final int answerSessionId = decoder.answerSessionId();
        final var kind = decoder.kind();
        for (final QueryDecoder.InputsDecoder inputs = decoder.inputs(); inputs.hasNext(); ) {
            inputs.next();
        }
        handler.accept(new Question(queryId, answerSessionId, kind, decoder.text(), askedNs, timeoutNs));
    }
}
