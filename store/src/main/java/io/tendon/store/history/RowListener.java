package io.tendon.store.history;

import io.tendon.sessionlog.json.SbeValue;
import io.tendon.sessionlog.json.VersionedTokenListener;
import java.util.List;
import org.agrona.DirectBuffer;
import uk.co.real_logic.sbe.PrimitiveType;
import uk.co.real_logic.sbe.ir.Encoding;
import uk.co.real_logic.sbe.ir.Token;

/**
 * Fills a row with what SBE's on-the-fly decoder finds in a message. The decoder visits the fields in the order of the
 * columns; each entry of a group begins with the group's first column again. A field that is younger than the message's
 * version is null and is not read. One owner thread.
 */
final class RowListener extends VersionedTokenListener {
    private final List<Column> columns;
    private final int[] firstColumnOfGroup;
    private final int[] columnBehindGroup;
    private final Row row;
    private int column;
    private int group;

    RowListener(final MessageLayout layout, final Row row) {
        this.columns = layout.columns();
        this.row = row;
        final int groups = layout.groups().size();
        firstColumnOfGroup = new int[groups];
        columnBehindGroup = new int[groups];
        for (int g = 0; g < groups; g++) {
            firstColumnOfGroup[g] = -1;
            for (int c = 0; c < columns.size(); c++) {
                if (columns.get(c).group() == g) {
                    firstColumnOfGroup[g] = firstColumnOfGroup[g] == -1 ? c : firstColumnOfGroup[g];
                    columnBehindGroup[g] = c + 1;
                }
            }
        }
    }

    @Override
    public void begin(final int version) {
        super.begin(version);
        column = 0;
        group = -1;
        row.clear();
    }

    @Override
    public void onEncoding(
            final Token fieldToken,
            final DirectBuffer buffer,
            final int bufferIndex,
            final Token typeToken,
            final int version) {
        final ColumnType type = columns.get(column).type();
        final ColumnValues values = row.values(column++);
        if (isAbsent(fieldToken)) {
            values.addNull();
            return;
        }
        final Encoding encoding = typeToken.encoding();
        if (encoding.presence() == Encoding.Presence.CONSTANT || fieldToken.isConstantEncoding()) {
            values.add(encoding.constValue().toString());
        } else if (encoding.primitiveType() == PrimitiveType.CHAR) {
            values.add(SbeValue.text(buffer, bufferIndex, typeToken.arrayLength()));
        } else {
            final boolean isOptional = isOptional(fieldToken, typeToken);
            final int sizeBytes = encoding.primitiveType().size();
            for (int i = 0; i < typeToken.arrayLength(); i++) {
                addNumber(values, type, buffer, bufferIndex + i * sizeBytes, encoding, isOptional);
            }
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
        final ColumnType type = columns.get(column).type();
        final ColumnValues values = row.values(column++);
        if (isAbsent(fieldToken)) {
            values.addNull();
            return;
        }
        final Encoding encoding = tokens.get(fromIndex + 1).encoding();
        final long raw = SbeValue.integer(buffer, bufferIndex, encoding);
        if (raw == encoding.applicableNullValue().longValue()) {
            values.addNull();
        } else if (type == ColumnType.BOOLEAN) {
            values.add(raw == 0 ? 0L : 1L);
        } else {
            values.add(SbeValue.enumName(raw, tokens, fromIndex + 1, toIndex));
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
        final ColumnValues values = row.values(column++);
        if (isAbsent(fieldToken)) {
            values.addNull();
            return;
        }
        final long raw =
                SbeValue.integer(buffer, bufferIndex, tokens.get(fromIndex).encoding());
        final StringBuilder names = new StringBuilder();
        for (int i = fromIndex + 1; i < toIndex; i++) {
            if ((raw & 1L << tokens.get(i).encoding().constValue().longValue()) != 0) {
                names.append(names.isEmpty() ? "" : ",").append(tokens.get(i).name());
            }
        }
        values.add(names.toString());
    }

    @Override
    public void onGroupHeader(final Token token, final int numInGroup) {
        group++;
        if (numInGroup == 0) {
            column = columnBehindGroup[group];
        }
    }

    @Override
    public void onBeginGroup(final Token token, final int groupIndex, final int numInGroup) {
        column = firstColumnOfGroup[group];
    }

    @Override
    public void onVarData(
            final Token fieldToken,
            final DirectBuffer buffer,
            final int bufferIndex,
            final int length,
            final Token typeToken) {
        final ColumnValues values = row.values(column++);
        if (isAbsent(fieldToken)) {
            values.addNull();
        } else {
            values.add(SbeValue.data(buffer, bufferIndex, length, typeToken));
        }
    }

    private static void addNumber(
            final ColumnValues values,
            final ColumnType type,
            final DirectBuffer buffer,
            final int index,
            final Encoding encoding,
            final boolean isOptional) {
        if (type == ColumnType.DOUBLE) {
            values.add(buffer.getDouble(index, encoding.byteOrder()));
        } else if (type == ColumnType.FLOAT) {
            values.add((double) buffer.getFloat(index, encoding.byteOrder()));
        } else {
            final long integer = SbeValue.integer(buffer, index, encoding);
            if (isOptional && integer == encoding.applicableNullValue().longValue()) {
                values.addNull();
            } else {
                values.add(integer);
            }
        }
    }
}
