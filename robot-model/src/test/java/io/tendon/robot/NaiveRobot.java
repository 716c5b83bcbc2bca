package io.tendon.robot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The same robot a second time, slow and plain: its own XML reader, 4 x 4 matrices made of elementary rotations, every
 * link by itself. Joints that are not given stand at 0.
 */
final class NaiveRobot {
    private final Map<String, Element> links = new HashMap<>();
    private final Map<String, Element> jointOfChild = new HashMap<>();

    NaiveRobot(final Path file) {
        try {
            final Element robot = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
            for (Node node = robot.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof final Element element) {
                    if (element.getTagName().equals("link")) {
                        links.put(element.getAttribute("name").strip(), element);
                    } else if (element.getTagName().equals("joint")) {
                        jointOfChild.put(
                                only(element, "child").getAttribute("link").strip(), element);
                    }
                }
            }
        } catch (final ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Frame of a link, seen from the root. */
    double[][] frame(final String link, final Map<String, Double> positions) {
        final Element joint = jointOfChild.get(link);
        if (joint == null) {
            return identity();
        }
        final double[][] parent =
                frame(only(joint, "parent").getAttribute("link").strip(), positions);
        return times(times(parent, origin(joint)), motion(joint, positions));
    }

    String childOf(final String jointName) {
        return jointOfChild.entrySet().stream()
                .filter(entry -> entry.getValue().getAttribute("name").strip().equals(jointName))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /** Sum of m g z over all links. */
    double potentialEnergy(final Map<String, Double> positions, final String tipLink, final double payloadKg) {
        double sum = payloadKg * ChainDynamics.GRAVITY_M_PER_S2 * frame(tipLink, positions)[2][3];
        for (final Map.Entry<String, Element> link : links.entrySet()) {
            final Element inertial = first(link.getValue(), "inertial");
            if (inertial != null) {
                final double[][] centre = times(frame(link.getKey(), positions), origin(inertial));
                sum += mass(inertial) * ChainDynamics.GRAVITY_M_PER_S2 * centre[2][3];
            }
        }
        return sum;
    }

    /** Twice the kinetic energy when one joint moves with velocity 1, by central differences over all links. */
    double inertiaFelt(
            final Map<String, Double> positions, final String joint, final String tipLink, final double payloadKg) {
        final double h = 1e-5;
        final Map<String, Double> before = new HashMap<>(positions);
        final Map<String, Double> after = new HashMap<>(positions);
        before.merge(joint, -h, Double::sum);
        after.merge(joint, h, Double::sum);
        double sum = payloadKg * squaredSpeed(frame(tipLink, before), frame(tipLink, after), h);
        for (final Map.Entry<String, Element> link : links.entrySet()) {
            final Element inertial = first(link.getValue(), "inertial");
            if (inertial != null) {
                final double[][] a = times(frame(link.getKey(), before), origin(inertial));
                final double[][] b = times(frame(link.getKey(), after), origin(inertial));
                sum += mass(inertial) * squaredSpeed(a, b, h);
                sum += turning(inertial, a, b, h);
            }
        }
        return sum;
    }

    private static double squaredSpeed(final double[][] a, final double[][] b, final double h) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            final double speed = (b[k][3] - a[k][3]) / (2 * h);
            sum += speed * speed;
        }
        return sum;
    }

    /** omega' I omega in the inertia's own frame; the skew part of A' B is the turn between the two. */
    private static double turning(final Element inertial, final double[][] a, final double[][] b, final double h) {
        final Element inertia = first(inertial, "inertia");
        if (inertia == null) {
            return 0;
        }
        final double[][] turn = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    turn[i][j] += a[k][i] * b[k][j];
                }
            }
        }
        final double x = (turn[2][1] - turn[1][2]) / (4 * h);
        final double y = (turn[0][2] - turn[2][0]) / (4 * h);
        final double z = (turn[1][0] - turn[0][1]) / (4 * h);
        return number(inertia, "ixx", 0) * x * x
                + number(inertia, "iyy", 0) * y * y
                + number(inertia, "izz", 0) * z * z
                + 2 * number(inertia, "ixy", 0) * x * y
                + 2 * number(inertia, "ixz", 0) * x * z
                + 2 * number(inertia, "iyz", 0) * y * z;
    }

    private static double[][] motion(final Element joint, final Map<String, Double> positions) {
        final Double position = positions.get(joint.getAttribute("name").strip());
        if (position == null) {
            return identity();
        }
        final Element axisElement = first(joint, "axis");
        final double[] axis = axisElement == null ? new double[] {1, 0, 0} : triple(axisElement, "xyz");
        final double length = Math.sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
        if (joint.getAttribute("type").strip().equalsIgnoreCase("prismatic")) {
            final double[][] motion = identity();
            for (int k = 0; k < 3; k++) {
                motion[k][3] = axis[k] / length * position;
            }
            return motion;
        }
        // Turn z onto the axis, turn about z, turn back.
        final double yaw = Math.atan2(axis[1], axis[0]);
        final double pitch = Math.atan2(Math.hypot(axis[0], axis[1]), axis[2]);
        return times(
                times(times(elementary(2, yaw), elementary(1, pitch)), elementary(2, position)),
                times(elementary(1, -pitch), elementary(2, -yaw)));
    }

    private static double[][] origin(final Element element) {
        final Element origin = first(element, "origin");
        if (origin == null) {
            return identity();
        }
        final double[] rpy = triple(origin, "rpy");
        final double[] xyz = triple(origin, "xyz");
        final double[][] matrix = times(times(elementary(2, rpy[2]), elementary(1, rpy[1])), elementary(0, rpy[0]));
        for (int k = 0; k < 3; k++) {
            matrix[k][3] = xyz[k];
        }
        return matrix;
    }

    private static double mass(final Element inertial) {
        return number(only(inertial, "mass"), "value", 0);
    }

    private static double[][] elementary(final int axis, final double angle) {
        final double[][] matrix = identity();
        final int a = (axis + 1) % 3;
        final int b = (axis + 2) % 3;
        matrix[a][a] = Math.cos(angle);
        matrix[a][b] = -Math.sin(angle);
        matrix[b][a] = Math.sin(angle);
        matrix[b][b] = Math.cos(angle);
        return matrix;
    }

    private static double[][] identity() {
        return new double[][] {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
    }

    static double[][] times(final double[][] a, final double[][] b) {
        final double[][] product = new double[4][4];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                for (int k = 0; k < 4; k++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }

    private static double[] triple(final Element element, final String attribute) {
        final String text = element.getAttribute(attribute).strip();
        final double[] numbers = new double[3];
        if (!text.isEmpty()) {
            final String[] words = text.split("\\s+");
            for (int k = 0; k < 3; k++) {
                numbers[k] = Double.parseDouble(words[k]);
            }
        }
        return numbers;
    }

    private static double number(final Element element, final String attribute, final double fallback) {
        final String text = element.getAttribute(attribute).strip();
        return text.isEmpty() ? fallback : Double.parseDouble(text);
    }

    private static Element only(final Element element, final String name) {
        final Element found = first(element, name);
        if (found == null) {
            throw new IllegalStateException("no " + name);
        }
        return found;
    }

    private static @Nullable Element first(final Element element, final String name) {
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof final Element child && child.getTagName().equals(name)) {
                return child;
            }
        }
        return null;
    }
}
