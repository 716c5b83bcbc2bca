package io.tendon.sessionlog.verify;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import uk.co.real_logic.sbe.PrimitiveType;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.Types;

/**
 * How long a message is by its own account: header, block, groups and data, walked over by the schema's intermediate
 * representation. Groups and data that are younger than the message's version are not in it. One owner thread.
 */
final class EncodedLength {
    /** The message would go on behind the bytes that there are. */
    static final long BEYOND_LIMIT = -1;

    private final Map<Integer, Body> messages = new HashMap<>();

    EncodedLength(final Ir ir) {
        ir.messages().forEach(tokens -> messages.put(tokens.get(0).id(), new Walk(tokens, 1).body()));
    }

    /** Whether the schema has that message. */
    boolean knows(final int templateId) {
        return messages.containsKey(templateId);
    }

    /**
     * Walks over a message.
     *
     * @param templateId one that it {@link #knows}.
     * @param version of the schema that the message was written with.
     * @param blockLength of the message.
     * @param buffer that holds it.
     * @param blockOffset at which its block begins, behind the header.
     * @param limitOffset behind the last byte that may be its.
     * @return length without the header; {@link #BEYOND_LIMIT} when it does not end before the limit.
     */
    long of(
            final int templateId,
            final int version,
            final int blockLength,
            final DirectBuffer buffer,
            final int blockOffset,
            final int limitOffset) {
        final Body body = messages.get(templateId);
        if (body == null) {
            throw new IllegalArgumentException("template " + templateId + ": must be one of " + messages.keySet());
        }
        final long end = body.walk(buffer, (long) blockOffset + blockLength, limitOffset, version);
        return end == BEYOND_LIMIT ? BEYOND_LIMIT : end - blockOffset;
    }

    /** Groups and data behind a block. */
    private record Body(List<Group> groups, List<Data> data) {
        long walk(final DirectBuffer buffer, final long fromOffset, final int limitOffset, final int version) {
            long offset = fromOffset;
            for (int i = 0; i < groups.size() && offset != BEYOND_LIMIT; i++) {
                offset = groups.get(i).walk(buffer, offset, limitOffset, version);
            }
            for (int i = 0; i < data.size() && offset != BEYOND_LIMIT; i++) {
                offset = data.get(i).walk(buffer, offset, limitOffset, version);
            }
            return offset > limitOffset ? BEYOND_LIMIT : offset;
        }

        boolean isEmpty() {
            return groups.isEmpty() && data.isEmpty();
        }
    }

    /** A quantity in a group's or data's header. */
    private record Quantity(int offset, PrimitiveType type, ByteOrder byteOrder) {
        static Quantity of(final Token token) {
            return new Quantity(
                    token.offset(),
                    token.encoding().primitiveType(),
                    token.encoding().byteOrder());
        }

        int read(final DirectBuffer buffer, final long headerOffset) {
            return Types.getInt(buffer, (int) headerOffset + offset, type, byteOrder);
        }
    }

    /** A repeating group. */
    private record Group(int sinceVersion, int headerLength, Quantity blockLength, Quantity count, Body body) {
        long walk(final DirectBuffer buffer, final long fromOffset, final int limitOffset, final int version) {
            if (version < sinceVersion) {
                return fromOffset;
            }
            if (fromOffset + headerLength > limitOffset) {
                return BEYOND_LIMIT;
            }
            final int entries = count.read(buffer, fromOffset);
            final int entryLength = blockLength.read(buffer, fromOffset);
            long offset = fromOffset + headerLength;
            if (body.isEmpty()) {
                return offset + (long) entries * entryLength;
            }
            for (int i = 0; i < entries && offset != BEYOND_LIMIT; i++) {
                offset = body.walk(buffer, offset + entryLength, limitOffset, version);
            }
            return offset;
        }
    }

    /** Data of variable length. */
    private record Data(int sinceVersion, int headerLength, Quantity length) {
        long walk(final DirectBuffer buffer, final long fromOffset, final int limitOffset, final int version) {
            if (version < sinceVersion) {
                return fromOffset;
            }
            return fromOffset + headerLength > limitOffset
                    ? BEYOND_LIMIT
                    : fromOffset + headerLength + length.read(buffer, fromOffset);
        }
    }

    /** Makes bodies of tokens. */
    private static final class Walk {
        private final List<Token> tokens;
        private int index;

        Walk(final List<Token> tokens, final int fromIndex) {
            this.tokens = tokens;
            this.index = fromIndex;
        }

        Body body() {
            final List<Group> groups = new ArrayList<>();
            final List<Data> data = new ArrayList<>();
            while (index < tokens.size()) {
                final Token token = tokens.get(index++);
                if (token.signal() == Signal.BEGIN_GROUP) {
                    groups.add(group(token));
                } else if (token.signal() == Signal.BEGIN_VAR_DATA) {
                    data.add(new Data(token.version(), field("varData").offset(), Quantity.of(field("length"))));
                } else if (token.signal() == Signal.END_GROUP || token.signal() == Signal.END_MESSAGE) {
                    break;
                }
            }
            return new Body(List.copyOf(groups), List.copyOf(data));
        }

        private Group group(final Token token) {
            final int headerLength = tokens.get(index).encodedLength();
            final Quantity blockLength = Quantity.of(field("blockLength"));
            final Quantity count = Quantity.of(field("numInGroup"));
            return new Group(token.version(), headerLength, blockLength, count, body());
        }

        /** The field of that name in the composite at the present index. */
        private Token field(final String name) {
            @Nullable Token found = null;
            for (int i = index; found == null && i < tokens.size(); i++) {
                if (tokens.get(i).name().equals(name)) {
                    found = tokens.get(i);
                }
            }
            if (found == null) {
                throw new IllegalArgumentException("schema: a group or data lacks " + name);
            }
            return found;
        }
    }
}
