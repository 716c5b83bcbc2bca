package io.tendon.sessionlog.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.agrona.DirectBuffer;
import uk.co.real_logic.sbe.ir.Encoding;
import uk.co.real_logic.sbe.ir.Token;

/**
 * Writes what SBE's on-the-fly decoder finds in a message as the fields of a JSON object. A field that is younger than
 * the message's version is null and is not read. One owner thread.
 */
final class JsonTokenListener extends VersionedTokenListener {
    private final JsonGenerator json;
    private final PrimitiveJson primitives;

    JsonTokenListener(final JsonGenerator json) {
        this.json = json;
        this.primitives = new PrimitiveJson(json);
    }

    @Override
    public void onEncoding(
            final Token fieldToken,
            final DirectBuffer buffer,
            final int bufferIndex,
            final Token typeToken,
            final int version) {
        if (isInAbsentComposite()) {
            return;
        }
        try {
            json.writeFieldName(compositeDepth() > 0 ? typeToken.name() : fieldToken.name());
            if (isAbsent(fieldToken)) {
                json.writeNull();
            } else if (fieldToken.isConstantEncoding()) {
                json.writeString(fieldToken.encoding().constValue().toString());
            } else {
                primitives.write(buffer, bufferIndex, typeToken, isOptional(fieldToken, typeToken));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onEnum(
            final Token fieldToken,
            final DirectBuffer buffer,
            final int bufferIndex,
            final List<Token> tokens,
            final int fromIndex,
            final int toIndex,
            final int version) {
        if (isInAbsentComposite()) {
            return;
        }
        try {
            json.writeFieldName(name(fieldToken, tokens, fromIndex));
            if (isAbsent(fieldToken)) {
                json.writeNull();
                return;
            }
            final Encoding encoding = tokens.get(fromIndex + 1).encoding();
            final long raw = SbeValue.integer(buffer, bufferIndex, encoding);
            for (int i = fromIndex + 1; i < toIndex; i++) {
                if (tokens.get(i).encoding().constValue().longValue() == raw) {
                    json.writeString(tokens.get(i).name());
                    return;
                }
            }
            if (raw == encoding.applicableNullValue().longValue()) {
                json.writeNull();
            } else {
                json.writeNumber(raw);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onBitSet(
            final Token fieldToken,
            final DirectBuffer buffer,
            final int bufferIndex,
            final List<Token> tokens,
            final int fromIndex,
            final int toIndex,
            final int version) {
        if (isInAbsentComposite()) {
            return;
        }
        try {
            json.writeFieldName(name(fieldToken, tokens, fromIndex));
            if (isAbsent(fieldToken)) {
                json.writeNull();
                return;
            }
            final long raw =
                    SbeValue.integer(buffer, bufferIndex, tokens.get(fromIndex).encoding());
            json.writeStartArray();
            for (int i = fromIndex + 1; i < toIndex; i++) {
                if ((raw & 1L << tokens.get(i).encoding().constValue().longValue()) != 0) {
                    json.writeString(tokens.get(i).name());
                }
            }
            json.writeEndArray();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onBeginComposite(
            final Token fieldToken, final List<Token> tokens, final int fromIndex, final int toIndex) {
        final boolean isWithinAbsent = isInAbsentComposite();
        super.onBeginComposite(fieldToken, tokens, fromIndex, toIndex);
        if (isWithinAbsent) {
            return;
        }
        try {
            json.writeFieldName(compositeDepth() > 1 ? tokens.get(fromIndex).name() : fieldToken.name());
            if (isInAbsentComposite()) {
                json.writeNull();
            } else {
                json.writeStartObject();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onEndComposite(
            final Token fieldToken, final List<Token> tokens, final int fromIndex, final int toIndex) {
        if (!isInAbsentComposite()) {
            endObject();
        }
        super.onEndComposite(fieldToken, tokens, fromIndex, toIndex);
    }

    @Override
    public void onGroupHeader(final Token token, final int numInGroup) {
        try {
            json.writeArrayFieldStart(token.name());
            if (numInGroup == 0) {
                json.writeEndArray();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onBeginGroup(final Token token, final int groupIndex, final int numInGroup) {
        try {
            json.writeStartObject();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onEndGroup(final Token token, final int groupIndex, final int numInGroup) {
        try {
            json.writeEndObject();
            if (groupIndex == numInGroup - 1) {
                json.writeEndArray();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onVarData(
            final Token fieldToken,
            final DirectBuffer buffer,
            final int bufferIndex,
            final int length,
            final Token typeToken) {
        try {
            json.writeFieldName(fieldToken.name());
            final Object data = SbeValue.data(buffer, bufferIndex, length, typeToken);
            if (data instanceof byte[] bytes) {
                json.writeBinary(bytes);
            } else {
                json.writeString(data.toString());
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void endObject() {
        try {
            json.writeEndObject();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String name(final Token fieldToken, final List<Token> tokens, final int index) {
        return compositeDepth() > 0 ? tokens.get(index).name() : fieldToken.name();
    }
}
