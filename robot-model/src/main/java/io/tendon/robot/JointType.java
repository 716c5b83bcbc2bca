package io.tendon.robot;

/** How a joint of the arm moves, as in URDF. */
public enum JointType {
    /** Turns about its axis between two limits; rad. */
    REVOLUTE,
    /** Turns about its axis without end; rad. */
    CONTINUOUS,
    /** Slides along its axis between two limits; m. */
    PRISMATIC
}
