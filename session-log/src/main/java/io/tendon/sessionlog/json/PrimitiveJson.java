package io.tendon.sessionlog.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import org.agrona.DirectBuffer;
import uk.co.real_logic.sbe.PrimitiveType;
import uk.co.real_logic.sbe.ir.Encoding;
import uk.co.real_logic.sbe.ir.Token;

/** Writes SBE's primitive types and fixed arrays of them as JSON. One owner thread. */
final class PrimitiveJson {
    private final JsonGenerator json;

    PrimitiveJson(final JsonGenerator json) {
        this.json = json;
    }

    /**
     * Writes one value, or an array of the type's length (of characters: a string up to the first NUL).
     *
     * @param isOptional whether the type's null value means that there is none.
     */
    void write(final DirectBuffer buffer, final int index, final Token type, final boolean isOptional)
            throws IOException {
        final Encoding encoding = type.encoding();
        if (encoding.presence() == Encoding.Presence.CONSTANT) {
            json.writeString(encoding.constValue().toString());
        } else if (encoding.primitiveType() == PrimitiveType.CHAR) {
            json.writeString(SbeValue.text(buffer, index, type.arrayLength()));
        } else if (type.arrayLength() == 1) {
            writeNumber(buffer, index, encoding, isOptional);
        } else {
            json.writeStartArray();
            for (int i = 0; i < type.arrayLength(); i++) {
                writeNumber(buffer, index + i * encoding.primitiveType().size(), encoding, isOptional);
            }
            json.writeEndArray();
        }
    }

    private void writeNumber(
            final DirectBuffer buffer, final int index, final Encoding encoding, final boolean isOptional)
            throws IOException {
        switch (encoding.primitiveType()) {
            case DOUBLE -> writeDouble(buffer.getDouble(index, encoding.byteOrder()));
            case FLOAT -> writeFloat(buffer.getFloat(index, encoding.byteOrder()));
            default -> {
                final long number = SbeValue.integer(buffer, index, encoding);
                if (isOptional && number == encoding.applicableNullValue().longValue()) {
                    json.writeNull();
                } else if (number < 0 && encoding.primitiveType() == PrimitiveType.UINT64) {
                    json.writeNumber(new BigInteger(Long.toUnsignedString(number)));
                } else {
                    json.writeNumber(number);
                }
            }
        }
    }

    private void writeDouble(final double number) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }

    private void writeFloat(final float number) throws IOException {
        if (Float.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }
}
