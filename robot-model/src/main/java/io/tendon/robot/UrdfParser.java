package io.tendon.robot;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Elements to links and joints, each checked by itself. What URDF allows and this program has no use for (visuals,
 * materials, transmissions, simulator and controller tags, unknown tags) is passed over. One file, one thread.
 *
 * <p>Source: URDF specification, wiki.ros.org/urdf/XML, whose defaults are kept: no origin is the identity, no axis is x.
 */
final class UrdfParser {
    private static final double SHORTEST_AXIS = 1e-9;
    private static final double GREATEST_OFFSET_M = 1000;
    private static final double GREATEST_ANGLE_RAD = 1000;
    private static final double GREATEST_MASS_KG = 1e5;
    private static final double GREATEST_INERTIA_KG_M2 = 1e6;

    private UrdfParser() {}

    static UrdfDocument parse(final UrdfElement robot) {
        if (!robot.name().equals("robot")) {
            throw robot.fault("the root element is <" + robot.name() + ">: must be <robot>; give a URDF");
        }
        final Map<String, UrdfLink> links = new LinkedHashMap<>();
        for (final UrdfElement element : robot.children("link")) {
            final UrdfLink link = link(element);
            final UrdfLink twin = links.putIfAbsent(link.name(), link);
            if (twin != null) {
                throw element.fault("duplicate link \"" + link.name() + "\", first at line "
                        + twin.source().line() + ": link names must be unique; rename one");
            }
        }
        final Map<String, UrdfJoint> joints = new LinkedHashMap<>();
        for (final UrdfElement element : robot.children("joint")) {
            final UrdfJoint joint = joint(element);
            final UrdfJoint twin = joints.putIfAbsent(joint.name(), joint);
            if (twin != null) {
                throw element.fault("duplicate joint \"" + joint.name() + "\", first at line "
                        + twin.source().line() + ": joint names must be unique; rename one");
            }
        }
        if (joints.isEmpty()) {
            throw robot.fault("<robot> has no joints: must have at least " + RobotModel.MIN_JOINTS
                    + " that move; give the URDF of an arm");
        }
        return new UrdfDocument(robot, links, joints);
    }

    private static UrdfLink link(final UrdfElement element) {
        final UrdfElement inertial = element.child("inertial");
        return new UrdfLink(element, element.required("name"), inertial == null ? null : inertial(inertial));
    }

    private static UrdfLink.Inertial inertial(final UrdfElement element) {
        final UrdfElement inertia = element.child("inertia");
        return new UrdfLink.Inertial(
                origin(element),
                mass(element),
                inertia == null
                        ? SymmetricMatrix.ZERO
                        : new SymmetricMatrix(
                                inertia.number("ixx", 0, GREATEST_INERTIA_KG_M2),
                                inertia.number("ixy", 0, GREATEST_INERTIA_KG_M2),
                                inertia.number("ixz", 0, GREATEST_INERTIA_KG_M2),
                                inertia.number("iyy", 0, GREATEST_INERTIA_KG_M2),
                                inertia.number("iyz", 0, GREATEST_INERTIA_KG_M2),
                                inertia.number("izz", 0, GREATEST_INERTIA_KG_M2)));
    }

    private static double mass(final UrdfElement inertial) {
        final UrdfElement mass = inertial.child("mass");
        if (mass == null) {
            return 0;
        }
        mass.nonNegative("value", 0);
        return mass.number("value", 0, GREATEST_MASS_KG);
    }

    private static UrdfJoint joint(final UrdfElement element) {
        final String name = element.required("name");
        final JointType type = type(element);
        final UrdfElement dynamics = element.child("dynamics");
        return new UrdfJoint(
                element,
                name,
                type,
                end(element, "parent"),
                end(element, "child"),
                origin(element),
                axis(element, type),
                limit(element, type),
                dynamics == null ? 0 : dynamics.nonNegative("damping", 0),
                dynamics == null ? 0 : dynamics.nonNegative("friction", 0),
                mimic(element));
    }

    private static @Nullable JointType type(final UrdfElement element) {
        final String type = element.required("type").toLowerCase(Locale.ROOT);
        return switch (type) {
            case "fixed" -> null;
            case "revolute" -> JointType.REVOLUTE;
            case "continuous" -> JointType.CONTINUOUS;
            case "prismatic" -> JointType.PRISMATIC;
            case "planar", "floating" ->
                throw element.fault(element.title() + " type=\"" + type
                        + "\": has more than one degree of freedom, must be revolute, continuous, prismatic or fixed;"
                        + " make it fixed if the arm's base stands still");
            default ->
                throw element.fault(element.title() + " type=\"" + type
                        + "\": must be revolute, continuous, prismatic or fixed; correct it");
        };
    }

    private static String end(final UrdfElement joint, final String which) {
        final UrdfElement end = joint.child(which);
        if (end == null) {
            throw joint.fault(
                    joint.title() + " has no <" + which + ">: it must have one; write <" + which + " link=\"...\"/>");
        }
        return end.required("link");
    }

    private static Pose origin(final UrdfElement element) {
        final Pose pose = new Pose();
        final UrdfElement origin = element.child("origin");
        if (origin != null) {
            pose.setXyzRpy(origin.triple("xyz", GREATEST_OFFSET_M), origin.triple("rpy", GREATEST_ANGLE_RAD));
        }
        return pose;
    }

    private static UrdfJoint.Axis axis(final UrdfElement joint, final @Nullable JointType type) {
        final UrdfElement element = joint.child("axis");
        if (element == null || type == null) {
            return new UrdfJoint.Axis(1, 0, 0);
        }
        final double[] axis = element.triple("xyz", 1, 0, 0);
        final double length = Math.hypot(Math.hypot(axis[0], axis[1]), axis[2]);
        if (!(length > SHORTEST_AXIS) || length == Double.POSITIVE_INFINITY) {
            throw element.fault("axis xyz=\"" + element.attributes().get("xyz") + "\" of " + joint.title()
                    + ": must be a direction, its length is " + length + "; write a unit vector such as 0 0 1");
        }
        return new UrdfJoint.Axis(axis[0] / length, axis[1] / length, axis[2] / length);
    }

    private static UrdfJoint.@Nullable Limit limit(final UrdfElement joint, final @Nullable JointType type) {
        final UrdfElement element = joint.child("limit");
        if (element == null || type == null) {
            return null;
        }
        final boolean continuous = type == JointType.CONTINUOUS;
        final double lower = continuous ? 0 : element.number("lower", 0);
        final double upper = continuous ? 0 : element.number("upper", 0);
        if (lower > upper) {
            throw element.fault("limit of " + joint.title() + " lower=" + lower + " upper=" + upper
                    + ": lower must not be above upper; swap them");
        }
        return new UrdfJoint.Limit(element, lower, upper, element.number("velocity", 0), element.number("effort", 0));
    }

    private static UrdfJoint.@Nullable Mimic mimic(final UrdfElement joint) {
        final UrdfElement element = joint.child("mimic");
        return element == null
                ? null
                : new UrdfJoint.Mimic(
                        element,
                        element.required("joint"),
                        element.number("multiplier", 1),
                        element.number("offset", 0));
    }
}
