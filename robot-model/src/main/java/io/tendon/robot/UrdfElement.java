package io.tendon.robot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An XML element of a URDF that knows its line, so that whatever is wrong with it can be said with the place. Made by
 * {@link UrdfXml}; one thread.
 *
 * @param file name of the file, for messages.
 * @param line where its tag begins, from 1.
 * @param name without namespace prefix.
 * @param attributes by name, without namespace declarations.
 * @param children in the order of the file.
 */
record UrdfElement(String file, int line, String name, Map<String, String> attributes, List<UrdfElement> children) {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** What the element is called in messages: its tag and, if it has one, its name. */
    String title() {
        final String given = attributes.get("name");
        return given == null ? "<" + name + ">" : "<" + name + " name=\"" + given + "\">";
    }

    UrdfException fault(final String problem) {
        return new UrdfException(file, line, problem);
    }

    /** First child of a name, or null. */
    @Nullable
    UrdfElement child(final String wanted) {
        for (final UrdfElement child : children) {
            if (child.name.equals(wanted)) {
                return child;
            }
        }
        return null;
    }

    List<UrdfElement> children(final String wanted) {
        final List<UrdfElement> found = new ArrayList<>();
        for (final UrdfElement child : children) {
            if (child.name.equals(wanted)) {
                found.add(child);
            }
        }
        return found;
    }

    /** An attribute's text without the space around it, or a refusal when it is missing or empty. */
    String required(final String attribute) {
        final String text = attributes.get(attribute);
        if (text == null || text.isBlank()) {
            throw fault(
                    title() + " has no attribute " + attribute + ": it must have one; write " + attribute + "=\"...\"");
        }
        checkNotXacro(attribute, text);
        return text.strip();
    }

    /** A number, or the fallback when the attribute is missing or empty. */
    double number(final String attribute, final double fallback) {
        final String text = attributes.get(attribute);
        return text == null || text.isBlank() ? fallback : parse(attribute, text.strip(), text);
    }

    /** A number that may not be below 0; see {@link #number}. */
    double nonNegative(final String attribute, final double fallback) {
        final double number = number(attribute, fallback);
        if (number < 0) {
            throw fault(title() + " " + attribute + "=\"" + attributes.get(attribute)
                    + "\": must be at least 0; correct the sign");
        }
        return number;
    }

    /** A number that is at most so far from 0; see {@link #number}. Beyond it arithmetic and sense end. */
    double number(final String attribute, final double fallback, final double greatest) {
        final double number = number(attribute, fallback);
        checkMagnitude(attribute, number, greatest);
        return number;
    }

    /** Three numbers that are each at most so far from 0, or 0 0 0 when the attribute is missing or empty. */
    double[] triple(final String attribute, final double greatest) {
        final double[] numbers = triple(attribute, 0, 0, 0);
        for (final double number : numbers) {
            checkMagnitude(attribute, number, greatest);
        }
        return numbers;
    }

    private void checkMagnitude(final String attribute, final double number, final double greatest) {
        if (Math.abs(number) > greatest) {
            throw fault(title() + " " + attribute + "=\"" + attributes.get(attribute) + "\": must be within -"
                    + greatest + " and " + greatest + "; correct it, units are m, rad and kg");
        }
    }

    /** Three numbers, or the fallback when the attribute is missing or empty. */
    double[] triple(final String attribute, final double x, final double y, final double z) {
        final String text = attributes.get(attribute);
        if (text == null || text.isBlank()) {
            return new double[] {x, y, z};
        }
        checkNotXacro(attribute, text);
        final String[] words = SPACE.split(text.strip());
        if (words.length != 3) {
            throw fault(title() + " " + attribute + "=\"" + text + "\": must be three numbers with spaces between, has "
                    + words.length + "; correct it");
        }
        return new double[] {
            parse(attribute, words[0], text), parse(attribute, words[1], text), parse(attribute, words[2], text)
        };
    }

    private double parse(final String attribute, final String word, final String text) {
        checkNotXacro(attribute, text);
        if (!NUMBER.matcher(word).matches()) {
            throw fault(title() + " " + attribute + "=\"" + text + "\": must be a finite number"
                    + (word.equals(text) ? "" : ", " + word + " is none") + "; correct it");
        }
        final double number = Double.parseDouble(word);
        if (!Double.isFinite(number)) {
            throw fault(title() + " " + attribute + "=\"" + text + "\": must be a finite number; correct it");
        }
        return number;
    }

    private void checkNotXacro(final String attribute, final String text) {
        if (text.contains("${") || text.contains("$(")) {
            throw fault(title() + " " + attribute + "=\"" + text
                    + "\": is a xacro expression, must be plain URDF; expand the file with xacro first");
        }
    }
}
