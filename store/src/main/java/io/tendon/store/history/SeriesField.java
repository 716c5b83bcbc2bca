package io.tendon.store.history;

import io.tendon.store.StoreException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field of a series as a person writes it: {@code gripper_width_m}, {@code joint_position[3]}. Immutable; any thread.
 *
 * @param column of the message's table.
 * @param element of its array, from 1; 0 for a column that is none.
 */
public record SeriesField(String column, int element) {
    private static final Pattern FORM = Pattern.compile("([a-z][a-z0-9_]*)(?:\\[([1-9][0-9]{0,3})])?");

    /**
     * Reads a field.
     *
     * @param text as it was written.
     * @return the field.
     * @throws StoreException when it is none.
     */
    public static SeriesField parse(final String text) {
        final Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new StoreException("field=" + text
                    + ": must be a column's name, with the element of an array in brackets, counted from 1; write it like"
                    + " gripper_width_m or joint_position[3]");
        }
        return new SeriesField(form.group(1), form.group(2) == null ? 0 : Integer.parseInt(form.group(2)));
    }

    /** As it is written. */
    public String text() {
        return column + index();
    }

    /** The brackets behind the column's name, or behind that of one of its figures. */
    String index() {
        return element == 0 ? "" : "[" + element + "]";
    }

    /** As it stands in a statement. */
    String sql() {
        return '"' + column + '"' + index();
    }

    /** One of its figures as it stands in a statement. */
    String figure(final String name) {
        return '"' + column + "\".\"" + name + '"' + index();
    }
}
