package io.tendon.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One thing to know of an index. Immutable; any thread.
 *
 * @param index its name, such as history.
 * @param isFault whether it answers wrongly or not at all; else it is good to know.
 * @param file or directory that is at fault, and can be made again by itself; null when it is all of the index.
 * @param text one line for a person, without the index's name.
 */
public record IndexFinding(
        String index, boolean isFault, @Nullable Path file, String text) {
    /** Something is wrong with all of it; the recording is not concerned. */
    public static IndexFinding fault(final String index, final String text) {
        return new IndexFinding(index, true, null, text);
    }

    /** Something is wrong with a file or directory of it; the recording is not concerned. */
    public static IndexFinding fault(final String index, final Path file, final String text) {
        return new IndexFinding(index, true, file, text);
    }

    /** Good to know. */
    public static IndexFinding note(final String index, final String text) {
        return new IndexFinding(index, false, null, text);
    }
}
