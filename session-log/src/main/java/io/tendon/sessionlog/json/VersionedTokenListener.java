package io.tendon.sessionlog.json;

import java.util.List;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.AbstractTokenListener;

/**
 * Knows, while SBE's on-the-fly decoder goes through a message, which fields that message does not have: those that are
 * younger than the version of the schema that it was written with. One owner thread.
 */
public abstract class VersionedTokenListener extends AbstractTokenListener {
    private int actingVersion;
    private int compositeDepth;
    /** Depth at which a composite that the message does not have began; 0 outside of one. */
    private int absentDepth;

    /** For a listener. */
    protected VersionedTokenListener() {}

    /**
     * Must be called before each message.
     *
     * @param version of the schema that it was written with.
     */
    public void begin(final int version) {
        actingVersion = version;
        compositeDepth = 0;
        absentDepth = 0;
    }

    /** Enters a composite. */
    @Override
    public void onBeginComposite(
            final Token fieldToken, final List<Token> tokens, final int fromIndex, final int toIndex) {
        compositeDepth++;
        if (absentDepth == 0 && fieldToken.version() > actingVersion) {
            absentDepth = compositeDepth;
        }
    }

    /** Leaves a composite. */
    @Override
    public void onEndComposite(
            final Token fieldToken, final List<Token> tokens, final int fromIndex, final int toIndex) {
        if (absentDepth == compositeDepth) {
            absentDepth = 0;
        }
        compositeDepth--;
    }

    /** Whether the decoder is within a composite that the message does not have. */
    protected final boolean isInAbsentComposite() {
        return absentDepth > 0;
    }

    /** Whether the message has no such field, by itself or with the composite around it. */
    protected final boolean isAbsent(final Token fieldToken) {
        return absentDepth > 0 || fieldToken.version() > actingVersion;
    }

    /** How many composites the decoder is within. */
    protected final int compositeDepth() {
        return compositeDepth;
    }

    /** Whether a null value of the type means that there is none. */
    protected static boolean isOptional(final Token fieldToken, final Token typeToken) {
        return fieldToken.isOptionalEncoding() || typeToken.isOptionalEncoding();
    }
}
