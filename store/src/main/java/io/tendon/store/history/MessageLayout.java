package io.tendon.store.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.co.real_logic.sbe.PrimitiveType;
import uk.co.real_logic.sbe.ir.Encoding;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;

/**
 * The columns of a message type, read from the schema's intermediate representation, so that a new message needs no code
 * of its own:
 *
 * <pre>
 *   message JointState           table joint_state
 *   field successRate            success_rate        by its type; optional null values are NULL, NaN stays
 *   composite wristForceN x y z  wrist_force_n_x, …  members of the stamp stand without its name
 *   enum SafetyState             VARCHAR, the name;  of FALSE and TRUE: BOOLEAN
 *   UTCTimestamp captureTimeNs   capture_time        TIMESTAMP_NS
 *   group joints, field position joint_position      an array, an element for each entry
 * field gains, an array        gains               an array
 *   data text                    text                VARCHAR; without character encoding BLOB
 * </pre>
 *
 * <p>The columns are in the order in which SBE's on-the-fly decoder visits the fields. Immutable; any thread.
 *
 * @param tableName in SQL.
 * @param columns of the message.
 * @param groups names of the message's groups.
 * @param hasData whether the message ends with text or bytes.
 */
record MessageLayout(String tableName, List<Column> columns, List<String> groups, boolean hasData) {
    /** Name of the composite that every message begins with. */
    private static final String STAMP = "stamp";

    /** Its member that is a moment; semantic types are not kept for members of composites. */
    private static final String CAPTURE_TIME = "captureTimeNs";

    /** Name of the group that every message has: what caused it. References, no amounts. */
    private static final String INPUTS = "inputs";

    private static final String MOMENT = "UTCTimestamp";
    private static final String MOMENT_SUFFIX = "Ns";

    MessageLayout {
        columns = List.copyOf(columns);
        groups = List.copyOf(groups);
    }

    /**
     * Reads the layout of a message.
     *
     * @param tokens of the message.
     * @return its columns.
     */
    static MessageLayout of(final List<Token> tokens) {
        return new Walk(tokens).walk();
    }

    /** Whether figures of spans of time are kept: of what is said at a rate, not of what a person reads. */
    boolean isRolledUp() {
        return !hasData && columns.stream().anyMatch(Column::isRolledUp);
    }

    /** Place of a column, -1 when there is none of that name. */
    int indexOf(final String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** In SQL's way of writing names: words in lower case, joined by underscores. */
    static String snakeCase(final String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    /** One walk over a message's tokens, in the decoder's order. */
    private static final class Walk {
        private final List<Token> tokens;
        private final List<Column> columns = new ArrayList<>();
        private final List<String> groups = new ArrayList<>();
        private boolean hasData;

        Walk(final List<Token> tokens) {
            this.tokens = tokens;
        }

        MessageLayout walk() {
            body(1, tokens.size() - 1, Column.ROOT, "");
            return new MessageLayout(snakeCase(tokens.get(0).name()), columns, groups, hasData);
        }

        private void body(final int from, final int to, final int group, final String prefix) {
            int i = from;
            while (i < to) {
                final Token token = tokens.get(i);
                switch (token.signal()) {
                    case BEGIN_FIELD -> field(i, group, prefix);
                    case BEGIN_GROUP -> group(i);
                    case BEGIN_VAR_DATA -> data(i, group, prefix);
                    default -> {}
                }
                i += token.componentTokenCount();
            }
        }

        private void field(final int index, final int group, final String prefix) {
            final Token field = tokens.get(index);
            final boolean isReference = prefix.equals(singular(INPUTS));
            type(
                    index + 1,
                    field,
                    prefix,
                    field.name(),
                    group,
                    !isReference && !field.name().equals(STAMP));
        }

        private void type(
                final int index,
                final Token field,
                final String prefix,
                final String name,
                final int group,
                final boolean isAmount) {
            final Token type = tokens.get(index);
            switch (type.signal()) {
                case BEGIN_COMPOSITE -> {
                    int i = index + 1;
                    while (tokens.get(i).signal() != Signal.END_COMPOSITE) {
                        final Token member = tokens.get(i);
                        final String memberName = name.equals(STAMP) ? member.name() : name + '_' + member.name();
                        type(i, member, prefix, memberName, group, isAmount);
                        i += member.componentTokenCount();
                    }
                }
                case BEGIN_ENUM ->
                    add(prefix, name, isBoolean(index) ? ColumnType.BOOLEAN : ColumnType.VARCHAR, group, false);
                case BEGIN_SET -> add(prefix, name, ColumnType.VARCHAR, group, false);
                default -> encoding(type, field, prefix, name, group, isAmount);
            }
        }

        private void encoding(
                final Token type,
                final Token field,
                final String prefix,
                final String name,
                final int group,
                final boolean isAmount) {
            if (group == Column.ROOT && (name.equals(CAPTURE_TIME) || isMoment(field))) {
                final String moment =
                        name.endsWith(MOMENT_SUFFIX) ? name.substring(0, name.length() - MOMENT_SUFFIX.length()) : name;
                add(prefix, moment, ColumnType.TIMESTAMP_NS, group, false);
            } else {
                final ColumnType columnType = columnType(type);
                final boolean isArray = type.arrayLength() > 1 && columnType != ColumnType.VARCHAR;
                add(
                        prefix,
                        name,
                        columnType,
                        isArray && group == Column.ROOT ? Column.OWN_ARRAY : group,
                        isAmount && isAmount(columnType, group));
            }
        }

        private void group(final int index) {
            final Token token = tokens.get(index);
            groups.add(token.name());
            final int dimensions = tokens.get(index + 1).componentTokenCount();
            body(
                    index + 1 + dimensions,
                    index + token.componentTokenCount() - 1,
                    groups.size() - 1,
                    singular(token.name()));
        }

        private void data(final int index, final int group, final String prefix) {
            final Token token = tokens.get(index);
            hasData |= group == Column.ROOT;
            // BEGIN_VAR_DATA, BEGIN_COMPOSITE, length, varData
            final Token bytes = tokens.get(index + 3);
            final boolean isText = bytes.encoding().characterEncoding() != null;
            add(prefix, token.name(), isText ? ColumnType.VARCHAR : ColumnType.BLOB, group, false);
        }

        private void add(
                final String prefix,
                final String name,
                final ColumnType type,
                final int group,
                final boolean isRolledUp) {
            final String plain = snakeCase(name);
            columns.add(
                    new Column(prefix.isEmpty() ? plain : snakeCase(prefix) + '_' + plain, type, group, isRolledUp));
        }

        private boolean isBoolean(final int index) {
            final Token type = tokens.get(index);
            return type.componentTokenCount() == 4
                    && tokens.get(index + 1).name().equals("FALSE")
                    && tokens.get(index + 2).name().equals("TRUE");
        }

        /** Integers of groups are references and positions. */
        private static boolean isAmount(final ColumnType type, final int group) {
            return group >= 0 ? type.isFloating() : type.isAmount();
        }

        private static boolean isMoment(final Token token) {
            return MOMENT.equals(token.encoding().semanticType());
        }

        private static String singular(final String group) {
            return group.endsWith("s") ? group.substring(0, group.length() - 1) : group;
        }

        private static ColumnType columnType(final Token type) {
            final Encoding encoding = type.encoding();
            if (encoding.primitiveType() == PrimitiveType.CHAR || encoding.presence() == Encoding.Presence.CONSTANT) {
                return ColumnType.VARCHAR;
            }
            return switch (encoding.primitiveType()) {
                case INT8, UINT8, INT16, UINT16, INT32 -> ColumnType.INTEGER;
                case UINT64 -> ColumnType.UBIGINT;
                case FLOAT -> ColumnType.FLOAT;
                case DOUBLE -> ColumnType.DOUBLE;
                default -> ColumnType.BIGINT;
            };
        }
    }
}
