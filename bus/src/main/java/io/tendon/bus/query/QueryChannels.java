package io.tendon.bus.query;

import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;

/** Channels of questions and answers. Stateless; any thread. */
final class QueryChannels {
    private QueryChannels() {}

    /** On which questions are asked and heard; a reader that stalls holds a question, and nothing else. */
    static String questions() {
        return of(StreamCatalog.QUERY_REQUEST).build();
    }

    /** On which one answer is written and read. */
    static String answer(final int sessionId) {
        return of(StreamCatalog.QUERY_RESPONSE).sessionId(sessionId).build();
    }

    private static ChannelUriStringBuilder of(final StreamDescriptor stream) {
        return new ChannelUriStringBuilder()
                .media(CommonContext.IPC_MEDIA)
                .alias(stream.name())
                .termLength(stream.termLengthBytes())
                .mtu(StreamDescriptor.MTU_BYTES);
    }
}
