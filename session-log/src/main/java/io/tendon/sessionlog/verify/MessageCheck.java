package io.tendon.sessionlog.verify;

import io.aeron.logbuffer.FrameDescriptor;
import io.tendon.sessionlog.recording.RecordedMessage;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.otf.OtfHeaderDecoder;

/**
 * Says whether a sound frame holds a message of the session's schema and nothing else. Of a frame's length nothing else
 * covers the lowest bits: the checksum goes up to the length aligned to 32 bytes. One owner thread.
 */
public final class MessageCheck {

    private final Ir ir;
    private final OtfHeaderDecoder header;
    private final EncodedLength lengths;

    /**
     * Judges by a schema.
     *
     * @param ir of the schema.
     */
    public MessageCheck(final Ir ir) {
        this.ir = ir;
        this.header = new OtfHeaderDecoder(ir.headerStructure());
        this.lengths = new EncodedLength(ir);
    }

    /**
     * Judges a message.
     *
     * @param message whose frame is sound.
     * @return what is wrong with it; null when nothing is.
     */
    @Nullable
    Fault judge(final RecordedMessage message) {
        final DirectBuffer buffer = message.buffer();
        final int offset = message.offset();
        final int lengthBytes = message.lengthBytes();
        if (lengthBytes < header.encodedLength()) {
            return new Fault(FindingKind.WRONG_LENGTH, "frame of " + lengthBytes + " bytes: no message is so short");
        }
        final int schemaId = header.getSchemaId(buffer, offset);
        final int templateId = header.getTemplateId(buffer, offset);
        if (schemaId != ir.id()) {
            return new Fault(
                    FindingKind.UNKNOWN_MESSAGE, "message of schema " + schemaId + ": must be of schema " + ir.id());
        }
        if (!lengths.knows(templateId)) {
            return new Fault(
                    FindingKind.UNKNOWN_MESSAGE,
                    "message of template " + templateId + ", which version " + ir.version()
                            + " of the schema does not have");
        }
        // What the checksum covers: reading there is safe, and tells a longer message from one that never ends.
        final int frameLimit = offset + BitUtil.align(lengthBytes, FrameDescriptor.FRAME_ALIGNMENT);
        final int version = header.getSchemaVersion(buffer, offset);
        final long encoded = lengths.of(
                templateId,
                version,
                header.getBlockLength(buffer, offset),
                buffer,
                offset + header.encodedLength(),
                frameLimit);
        final long messageLength = encoded + header.encodedLength();
        if (encoded == EncodedLength.BEYOND_LIMIT) {
            return new Fault(
                    FindingKind.WRONG_LENGTH, "frame of " + lengthBytes + " bytes: the message in it is longer");
        }
        // Of a younger version there may be groups and data that this schema does not know.
        final boolean isRight = version > ir.version() ? messageLength <= lengthBytes : messageLength == lengthBytes;
        return isRight
                ? null
                : new Fault(
                        FindingKind.WRONG_LENGTH,
                        "frame of " + lengthBytes + " bytes: the message in it has " + messageLength);
    }

    /**
     * How long a message is by its own account.
     *
     * @param buffer that holds it.
     * @param offset at which its header begins.
     * @param limitBytes that there are at most.
     * @return length in bytes with the header; 0 when it is no message of the schema, of another version of it that may have
     *     more, or longer than there are bytes.
     */
    public int lengthBytes(final DirectBuffer buffer, final int offset, final int limitBytes) {
        if (limitBytes < header.encodedLength()
                || header.getSchemaId(buffer, offset) != ir.id()
                || header.getSchemaVersion(buffer, offset) > ir.version()
                || !lengths.knows(header.getTemplateId(buffer, offset))) {
            return 0;
        }
        final long encoded = lengths.of(
                header.getTemplateId(buffer, offset),
                header.getSchemaVersion(buffer, offset),
                header.getBlockLength(buffer, offset),
                buffer,
                offset + header.encodedLength(),
                offset + limitBytes);
        return encoded == EncodedLength.BEYOND_LIMIT ? 0 : (int) encoded + header.encodedLength();
    }

    /**
     * What is wrong with a message.
     *
     * @param kind of finding.
     * @param text for a person.
     */
    record Fault(FindingKind kind, String text) {}
}
