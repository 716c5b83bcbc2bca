package io.tendon.robot;

/**
 * Mass, first moment and inertia of a rigid body, all about the origin of the frame it is given in, so that bodies add by
 * adding numbers. Used while a chain is built; one thread.
 */
final class RigidBody {
    /** At least 0. */
    double massKg;
    /** Mass times centre of mass, kg m. */
    final double[] momentKgM = new double[3];
    /** Symmetric 3 x 3, row-major, about the origin, kg m2. */
    final double[] inertiaKgM2 = new double[9];

    /**
     * Adds a body given as in URDF.
     *
     * @param frame its centre of mass and principal frame, seen from this body's frame.
     * @param addedMassKg its mass.
     * @param centralInertia 3 x 3 row-major about its centre of mass, in {@code frame}.
     */
    void add(final Pose frame, final double addedMassKg, final double[] centralInertia) {
        final double[] c = frame.positionM();
        final double[] r = frame.rotation();
        massKg += addedMassKg;
        final double squared = c[0] * c[0] + c[1] * c[1] + c[2] * c[2];
        for (int i = 0; i < 3; i++) {
            momentKgM[i] += addedMassKg * c[i];
            for (int j = 0; j < 3; j++) {
                double turned = 0;
                for (int k = 0; k < 3; k++) {
                    for (int m = 0; m < 3; m++) {
                        turned += r[3 * i + k] * centralInertia[3 * k + m] * r[3 * j + m];
                    }
                }
                inertiaKgM2[3 * i + j] += turned + addedMassKg * ((i == j ? squared : 0) - c[i] * c[j]);
            }
        }
    }
}
