package io.tendon.sessionlog.verify;

import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.json.MessageIr;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;

/**
 * Reads a session's copy of the schema and compares it with the installation's: of the same version it must be the same,
 * and of two versions the younger must have all that the older has, since nothing is ever moved or removed. Descriptions
 * do not count. Stateless; any thread.
 */
final class SchemaCheck {
    private static final Set<Signal> BEHIND_BLOCK = EnumSet.of(
            Signal.BEGIN_MESSAGE,
            Signal.END_MESSAGE,
            Signal.BEGIN_GROUP,
            Signal.END_GROUP,
            Signal.BEGIN_VAR_DATA,
            Signal.END_VAR_DATA);

    private SchemaCheck() {}

    /**
     * The schema to judge a session's messages by.
     *
     * @param directory of the session.
     * @param log is told what is wrong with its copy.
     * @return the session's own; the installation's when that cannot be trusted.
     */
    static Ir read(final SessionDirectory directory, final FindingLog log) {
        final Ir installed = MessageIr.decode(MessageSchema.irBytes());
        final Ir own =
                MessageIr.of(directory, warning -> log.add(Finding.ofSession(FindingKind.REPLACED_FILE, warning)));
        final String difference = difference(own, installed);
        if (difference.isEmpty()) {
            return own;
        }
        log.add(Finding.ofSession(
                FindingKind.SCHEMA_MISMATCH,
                directory.schema() + ": id " + own.id() + " version " + own.version() + " does not fit id "
                        + installed.id() + " version " + installed.version() + " of this installation: " + difference
                        + "; dump would read messages wrongly: put this installation's copy in its place"));
        return installed;
    }

    /**
     * Compares.
     *
     * @return the first thing in which they differ and must not; empty when there is none.
     */
    static String difference(final Ir own, final Ir installed) {
        if (own.id() != installed.id()) {
            return "schema id " + own.id();
        }
        final boolean isOwnOlder = own.version() <= installed.version();
        final String missing = isOwnOlder ? missing(own, installed) : missing(installed, own);
        return missing.isEmpty() && own.version() == installed.version() ? missing(installed, own) : missing;
    }

    private static String missing(final Ir older, final Ir younger) {
        final Map<Integer, List<Token>> messages = new HashMap<>();
        younger.messages().forEach(tokens -> messages.put(tokens.get(0).id(), tokens));
        for (final List<Token> tokens : older.messages()) {
            final List<String> known = messages.getOrDefault(tokens.get(0).id(), List.of()).stream()
                    .map(SchemaCheck::layout)
                    .toList();
            for (final Token token : tokens) {
                if (!known.contains(layout(token))) {
                    return tokens.get(0).name() + ": " + token.signal() + " " + token.name();
                }
            }
        }
        return "";
    }

    /** All of a token that says how bytes are to be read. Blocks may grow, and what comes behind them then moves. */
    private static String layout(final Token token) {
        final boolean isBehindBlock = BEHIND_BLOCK.contains(token.signal());
        return token.signal() + "|" + token.name() + "|" + token.id() + "|" + token.version() + "|"
                + (isBehindBlock ? 0 : token.offset()) + "|" + (isBehindBlock ? 0 : token.encodedLength()) + "|"
                + token.encoding().primitiveType() + "|" + token.encoding().byteOrder() + "|"
                + token.encoding().constValue();
    }
}
