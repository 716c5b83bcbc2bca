package io.tendon.store.vector;

import io.tendon.bus.catalog.MessageLengths;
import org.agrona.BitUtil;

/**
 * Layout of a file of vectors, version 1; all numbers little-endian. Records have one length, are only ever appended, and
 * say themselves which message they are of: the file needs nothing beside it to be cut, read on and checked.
 *
 * <pre>
 *   header, 256 bytes
 *     0   magic "TNDNVECT"          8 bytes
 *     8   version                   int32
 *    12   dimension of the vectors  int32, 1 to 512
 *    16   id of the file            int64, random: a graph knows by it whose it is
 *    24   origin                    int32, 0 recorded, 1 derived (VectorOrigin)
 *    28   length of the model       int32
 *    32   model                     ASCII, up to 192 bytes, zeros behind
 *   252   CRC32C of bytes 0 to 251  int32
 *
 *   record, 248 + 4 * dimension bytes, aligned to 8
 *     0   CRC32C of all behind it   int32
 *     4   kind                      uint8, EmbeddingKind
 *     5   unused                    uint8, 0
 *     6   length of the label       uint16
 *     8   position                  int64, at which the message's frame begins
 *    16   next position             int64, behind it
 *    24   stream id                 int32
 *    28   session id                int32, Aeron's: one writer's life
 *    32   from                      int64, ns since the epoch: what it stands for
 *    40   to                        int64
 *    48   capture time              int64
 *    56   label                     UTF-8, up to 192 bytes, zeros behind
 *   248   vector                    float32 * dimension, of length 1
 * </pre>
 *
 * <p>Of a derived record, position and next position say which messages it was computed from.
 */
public final class VectorFileDescriptor {
    /** What the file's name ends with. */
    public static final String EXTENSION = ".vectors";

    /** Of this layout. */
    public static final int VERSION = 1;

    /** Longest model, in bytes. */
    public static final int MAX_MODEL_BYTES = MessageLengths.MAX_EMBEDDING_TEXT_BYTES;

    /** Longest label, in bytes. */
    public static final int MAX_LABEL_BYTES = MessageLengths.MAX_EMBEDDING_TEXT_BYTES;

    static final long MAGIC = 0x5443_4556_4e44_4e54L;
    static final int HEADER_BYTES = 256;
    static final int VERSION_OFFSET = 8;
    static final int DIMENSION_OFFSET = 12;
    static final int FILE_ID_OFFSET = 16;
    static final int ORIGIN_OFFSET = 24;
    static final int MODEL_LENGTH_OFFSET = 28;
    static final int MODEL_OFFSET = 32;
    static final int HEADER_CRC_OFFSET = 252;

    static final int CRC_BYTES = 4;
    static final int KIND_OFFSET = 4;
    static final int LABEL_LENGTH_OFFSET = 6;
    static final int POSITION_OFFSET = 8;
    static final int NEXT_POSITION_OFFSET = 16;
    static final int STREAM_ID_OFFSET = 24;
    static final int SESSION_ID_OFFSET = 28;
    static final int FROM_TIME_OFFSET = 32;
    static final int TO_TIME_OFFSET = 40;
    static final int CAPTURE_TIME_OFFSET = 48;
    static final int LABEL_OFFSET = 56;
    static final int VECTOR_OFFSET = LABEL_OFFSET + MAX_LABEL_BYTES;

    private VectorFileDescriptor() {}

    /** Length of one record. */
    static int recordBytes(final int dimension) {
        return BitUtil.align(VECTOR_OFFSET + dimension * Float.BYTES, Long.BYTES);
    }

    /** Where a record begins in the file. */
    static long recordOffset(final int dimension, final long record) {
        return HEADER_BYTES + record * recordBytes(dimension);
    }
}
