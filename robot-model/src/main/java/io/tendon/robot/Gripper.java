package io.tendon.robot;

import java.util.List;

/**
 * What opens and closes at the tip. It is driven by its opening width; its own joints are not joints of the arm.
 *
 * @param inUrdf false for the virtual tool of a robot whose URDF has no gripper.
 * @param maxWidthM widest opening between the fingers, above 0.
 * @param maxForceN greatest grip force, above 0.
 * @param maxSpeedMPerS fastest change of the width, above 0.
 * @param jointNames its joints in the URDF, mimic joints among them; empty when it is not in the URDF.
 */
public record Gripper(
        boolean inUrdf, double maxWidthM, double maxForceN, double maxSpeedMPerS, List<String> jointNames) {

    /** Takes a copy of the list. */
    public Gripper {
        jointNames = List.copyOf(jointNames);
    }
}
