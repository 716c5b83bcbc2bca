package io.tendon.store;

/**
 * One thing to know of an index. Immutable; any thread.
 *
 * @param index its name, such as history.
 * @param isFault whether it answers wrongly or not at all; else it is good to know.
 * @param text one line for a person, without the index's name.
 */
public record IndexFinding(String index, boolean isFault, String text) {
    /** Something is wrong with it; the recording is not concerned. */
    public static IndexFinding fault(final String index, final String text) {
        return new IndexFinding(index, true, text);
    }

    /** Good to know. */
    public static IndexFinding note(final String index, final String text) {
        return new IndexFinding(index, false, text);
    }
}
