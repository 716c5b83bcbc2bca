package io.tendon.sessionlog.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.otf.OtfMessageDecoder;
import uk.co.real_logic.sbe.xml.IrGenerator;
import uk.co.real_logic.sbe.xml.MessageSchema;
import uk.co.real_logic.sbe.xml.ParserOptions;
import uk.co.real_logic.sbe.xml.XmlSchemaParser;

/** What the schema of today does not have, but one of tomorrow may: optional fields, sets, arrays, younger fields. */
class JsonTokenListenerTest {
    private static final String SCHEMA = """
            <?xml version="1.0" encoding="UTF-8"?>
            <sbe:messageSchema xmlns:sbe="http://fixprotocol.io/2016/sbe" package="test" id="1" version="1"
                               byteOrder="littleEndian">
              <types>
                <composite name="messageHeader">
                  <type name="blockLength" primitiveType="uint16"/>
                  <type name="templateId" primitiveType="uint16"/>
                  <type name="schemaId" primitiveType="uint16"/>
                  <type name="version" primitiveType="uint16"/>
                </composite>
                <composite name="groupSizeEncoding">
                  <type name="blockLength" primitiveType="uint16"/>
                  <type name="numInGroup" primitiveType="uint16"/>
                </composite>
                <composite name="inner"><type name="low" primitiveType="int16"/></composite>
                <composite name="pair">
                  <type name="first" primitiveType="int16"/>
                  <ref name="second" type="inner"/>
                </composite>
                <type name="optionalInt" primitiveType="int32" presence="optional"/>
                <type name="three" primitiveType="uint8" length="3"/>
                <type name="word" primitiveType="char" length="4" characterEncoding="US-ASCII"/>
                <enum name="Colour" encodingType="uint8"><validValue name="RED">1</validValue></enum>
                <set name="Flags" encodingType="uint8"><choice name="up">0</choice><choice name="down">2</choice></set>
              </types>
              <sbe:message name="Sample" id="1">
                <field name="maybe" id="1" type="optionalInt"/>
                <field name="numbers" id="2" type="three"/>
                <field name="letters" id="3" type="word"/>
                <field name="flags" id="4" type="Flags"/>
                <field name="colour" id="5" type="Colour"/>
                <field name="mask" id="6" type="uint64"/>
                <field name="newPair" id="7" type="pair" sinceVersion="1"/>
                <field name="newColour" id="8" type="Colour" sinceVersion="1"/>
                <field name="newMaybe" id="9" type="optionalInt" sinceVersion="1"/>
                <group name="newEntries" id="10" sinceVersion="1"><field name="x" id="11" type="int32"/></group>
              </sbe:message>
            </sbe:messageSchema>
            """;
    private static final int BLOCK_LENGTH_OF_VERSION_0 = 21;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);

    @Test
    void shouldWriteYoungerFieldsOfAnOlderMessageAsNullWithoutReadingThem() throws Exception {
        fill();
        buffer.setMemory(BLOCK_LENGTH_OF_VERSION_0, 64 - BLOCK_LENGTH_OF_VERSION_0, (byte) 0x55);

        assertThat(json(0, BLOCK_LENGTH_OF_VERSION_0))
                .endsWith("\"newPair\":null,\"newColour\":null,\"newMaybe\":null,\"newEntries\":[]}");
    }

    @Test
    void shouldWriteOptionalFieldsSetsArraysAndUnsignedNumbers() throws Exception {
        fill();
        buffer.putShort(21, (short) -5, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(23, (short) 6, ByteOrder.LITTLE_ENDIAN);
        buffer.putByte(25, (byte) 77);
        buffer.putInt(26, 8, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(30, (short) 4, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(32, (short) 1, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(34, 9, ByteOrder.LITTLE_ENDIAN);

        assertThat(json(1, 30))
                .isEqualTo("{\"maybe\":null,\"numbers\":[1,2,255],\"letters\":\"ab\",\"flags\":[\"up\",\"down\"],"
                        + "\"colour\":\"RED\",\"mask\":18446744073709551614,"
                        + "\"newPair\":{\"first\":-5,\"second\":{\"low\":6}},\"newColour\":77,\"newMaybe\":8,"
                        + "\"newEntries\":[{\"x\":9}]}");
    }

    private void fill() {
        buffer.putInt(0, Integer.MIN_VALUE, ByteOrder.LITTLE_ENDIAN);
        buffer.putBytes(4, new byte[] {1, 2, (byte) 255});
        buffer.putBytes(7, new byte[] {'a', 'b', 0, 'z'});
        buffer.putByte(11, (byte) 0b101);
        buffer.putByte(12, (byte) 1);
        buffer.putLong(13, -2, ByteOrder.LITTLE_ENDIAN);
    }

    private String json(final int version, final int blockLength) throws Exception {
        final MessageSchema schema = XmlSchemaParser.parse(
                new ByteArrayInputStream(SCHEMA.getBytes(StandardCharsets.UTF_8)),
                ParserOptions.builder().stopOnError(true).build());
        final Ir ir = new IrGenerator().generate(schema);
        final StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
            generator.writeStartObject();
            final JsonTokenListener listener = new JsonTokenListener(generator);
            listener.begin(version);
            OtfMessageDecoder.decode(buffer, 0, version, blockLength, ir.getMessage(1), listener);
            generator.writeEndObject();
        }
        return text.toString();
    }
}
