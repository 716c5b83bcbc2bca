package io.tendon.robot.cell;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * A {@link Workcell} as a properties file, with units in its keys. Every key is needed; an unknown one is refused, so that
 * a misspelt key cannot be overlooked. Stateless; any thread, not in a cycle.
 */
public final class WorkcellFile {
    private static final String TABLE_HEIGHT = "table-height-m";
    private static final String BLOCK_SIZE = "block-size-m";
    private static final String BLOCK_MASS = "block-mass-kg";
    private static final String PICK_X = "pick-x-m";
    private static final String PICK_Y = "pick-y-m";
    private static final String PLACE_X = "place-x-m";
    private static final String PLACE_Y = "place-y-m";
    private static final String APPROACH_HEIGHT = "approach-height-m";
    private static final String TOOL_YAW = "tool-yaw-rad";
    private static final List<String> KEYS =
            List.of(TABLE_HEIGHT, BLOCK_SIZE, BLOCK_MASS, PICK_X, PICK_Y, PLACE_X, PLACE_Y, APPROACH_HEIGHT, TOOL_YAW);

    private WorkcellFile() {}

    /**
     * Reads a cell.
     *
     * @param file UTF-8 properties.
     * @return the cell.
     * @throws WorkcellException when the file cannot be read, or a key or a number is wrong.
     */
    public static Workcell read(final Path file) {
        final Properties properties = load(file);
        for (final String key : properties.stringPropertyNames()) {
            if (!KEYS.contains(key)) {
                throw new WorkcellException(
                        file + ": " + key + ": is not a key of a work cell; did you mean " + nearest(key) + "?");
            }
        }
        try {
            return Workcell.onTable(
                    number(file, properties, TABLE_HEIGHT),
                    number(file, properties, BLOCK_SIZE),
                    number(file, properties, BLOCK_MASS),
                    new double[] {number(file, properties, PICK_X), number(file, properties, PICK_Y)},
                    new double[] {number(file, properties, PLACE_X), number(file, properties, PLACE_Y)},
                    number(file, properties, APPROACH_HEIGHT),
                    number(file, properties, TOOL_YAW));
        } catch (final IllegalArgumentException e) {
            throw new WorkcellException(file + ": " + e.getMessage() + "; correct the file");
        }
    }

    /**
     * Writes a cell in a form that a person can go on editing and {@link #read} gives back unchanged.
     *
     * @param file to write or overwrite.
     * @param cell to write.
     * @throws WorkcellException when the file cannot be written.
     */
    public static void write(final Path file, final Workcell cell) {
        final StringBuilder text = new StringBuilder(1024);
        text.append("# Where the arm picks and places. Base frame of the robot, z up; m, kg, rad.\n");
        text.append("# The block is a cube that rests on the table, so its height follows.\n");
        append(text, TABLE_HEIGHT, cell.tableHeightM());
        append(text, BLOCK_SIZE, cell.blockSizeM());
        append(text, BLOCK_MASS, cell.blockMassKg());
        append(text, PICK_X, cell.pickPositionM().xM());
        append(text, PICK_Y, cell.pickPositionM().yM());
        append(text, PLACE_X, cell.placePositionM().xM());
        append(text, PLACE_Y, cell.placePositionM().yM());
        text.append("# Above the block's centre, before the tool descends.\n");
        append(text, APPROACH_HEIGHT, cell.approachHeightM());
        append(text, TOOL_YAW, cell.toolYawRad());
        try {
            Files.writeString(file, text);
        } catch (final IOException e) {
            throw new WorkcellException(file + ": cannot be written, " + e + "; choose another place");
        }
    }

    private static Properties load(final Path file) {
        final Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (final IOException | IllegalArgumentException e) {
            throw new WorkcellException(
                    file + ": cannot be read as a work cell, " + e + "; give a UTF-8 properties file");
        }
        return properties;
    }

    private static double number(final Path file, final Properties properties, final String key) {
        final String text = properties.getProperty(key);
        if (text == null) {
            throw new WorkcellException(file + ": " + key + ": is missing; every key is needed: " + KEYS);
        }
        double number = Double.NaN;
        try {
            number = Double.parseDouble(text.trim());
        } catch (final NumberFormatException e) {
            // NaN, refused below
        }
        if (!Double.isFinite(number)) {
            throw new WorkcellException(file + ": " + key + "=" + text + ": must be a finite number; correct the file");
        }
        return number;
    }

    private static void append(final StringBuilder text, final String key, final double value) {
        text.append(key).append('=').append(value).append('\n');
    }

    private static String nearest(final String key) {
        String best = KEYS.get(0);
        int least = Integer.MAX_VALUE;
        for (final String known : KEYS) {
            final int distance = editDistance(key.toLowerCase(Locale.ROOT), known);
            if (distance < least) {
                least = distance;
                best = known;
            }
        }
        return best;
    }

    /** Levenshtein's distance, one row at a time. */
    private static int editDistance(final String a, final String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            final int[] next = new int[b.length() + 1];
            next[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final int substitution = row[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                next[j] = Math.min(substitution, Math.min(row[j], next[j - 1]) + 1);
            }
            row = next;
        }
        return row[b.length()];
    }
}
