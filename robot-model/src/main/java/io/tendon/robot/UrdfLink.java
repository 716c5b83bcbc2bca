package io.tendon.robot;

import org.jspecify.annotations.Nullable;

/**
 * A link as the file has it.
 *
 * @param source its element.
 * @param name unique.
 * @param inertial null when the file has none.
 */
record UrdfLink(UrdfElement source, String name, @Nullable Inertial inertial) {
    /**
     * Mass and inertia.
     *
     * @param frame centre of mass and the inertia's axes, in the link's frame.
     * @param massKg at least 0.
     * @param inertia about the centre of mass: xx, xy, xz, yy, yz, zz in kg m2.
     */
    record Inertial(Pose frame, double massKg, SymmetricMatrix inertia) {}
}
