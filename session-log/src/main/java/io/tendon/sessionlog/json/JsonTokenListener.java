package io.tendon.sessionlog.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;
import uk.co.real_logic.sbe.ir.Encoding;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.AbstractTokenListener;

/**
 * Writes what SBE's on-the-fly decoder finds in a message as the fields of a JSON object. A field that is younger than
 * the message's version is null and is not read. One owner thread.
 */
final class JsonTokenListener extends AbstractTokenListener {
    private final JsonGenerator json;
    private final PrimitiveJson primitives;
    private int actingVersion;
    private int compositeDepth;

    /** Depth at which a composite that the message does not have began; 0 outside of one. */
    private int absentDepth;

    JsonTokenListener(final JsonGenerator json) {
        this.json = json;
        this.primitives = new PrimitiveJson(json);
    }

    /** Must be called before each message, with the version of the schema that it was written with. */
    void begin(final int version) {
        actingVersion = version;
        compositeDepth = 0;
        absentDepth = 0;
    }

    @Override
    public void onEncoding(
            final Token fieldToken,
            final DirectBuffer buffer,
            final int bufferIndex,
            final Token typeToken,
            final int version) {
        if (absentDepth > 0) {
            return;
        }
        try {
            json.writeFieldName(compositeDepth > 0 ? typeToken.name() : fieldToken.name());
            if (fieldToken.version() > actingVersion) {
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
        if (absentDepth > 0) {
            return;
        }
        try {
            json.writeFieldName(name(fieldToken, tokens, fromIndex));
            if (fieldToken.version() > actingVersion) {
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
        if (absentDepth > 0) {
            return;
        }
        try {
            json.writeFieldName(name(fieldToken, tokens, fromIndex));
            if (fieldToken.version() > actingVersion) {
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
        compositeDepth++;
        if (absentDepth > 0) {
            return;
        }
        try {
            json.writeFieldName(compositeDepth > 1 ? tokens.get(fromIndex).name() : fieldToken.name());
            if (fieldToken.version() > actingVersion) {
                json.writeNull();
                absentDepth = compositeDepth;
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
        if (absentDepth == 0) {
            endObject();
        } else if (absentDepth == compositeDepth) {
            absentDepth = 0;
        }
        compositeDepth--;
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
            final byte[] bytes = new byte[length];
            buffer.getBytes(bufferIndex, bytes);
            final String encoding = typeToken.encoding().characterEncoding();
            if (encoding == null) {
                json.writeBinary(bytes);
            } else {
                json.writeString(new String(bytes, charset(encoding)));
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
        return compositeDepth > 0 ? tokens.get(index).name() : fieldToken.name();
    }

    private static boolean isOptional(final Token fieldToken, final Token typeToken) {
        return fieldToken.isOptionalEncoding() || typeToken.isOptionalEncoding();
    }

    private static Charset charset(final String name) {
        return "UTF-8".equals(name) ? StandardCharsets.UTF_8 : Charset.forName(name);
    }
}
