package io.tendon.robot;

/** A symmetric 3 x 3 matrix, as URDF writes an inertia. */
record SymmetricMatrix(double xx, double xy, double xz, double yy, double yz, double zz) {
    static final SymmetricMatrix ZERO = new SymmetricMatrix(0, 0, 0, 0, 0, 0);

    /** The inertia of a solid ball about its centre. */
    static SymmetricMatrix ofBall(final double massKg, final double radiusM) {
        final double moment = 0.4 * massKg * radiusM * radiusM;
        return new SymmetricMatrix(moment, 0, 0, moment, 0, moment);
    }

    /** Whether no direction has a negative moment: all principal minors are at least 0. */
    boolean isPositiveSemidefinite() {
        final double determinant = xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz);
        return xx >= 0
                && yy >= 0
                && zz >= 0
                && xx * yy - xy * xy >= 0
                && xx * zz - xz * xz >= 0
                && yy * zz - yz * yz >= 0
                && determinant >= -1e-12 * xx * yy * zz;
    }

    /** As 9 numbers, row-major. */
    double[] toArray() {
        return new double[] {xx, xy, xz, xy, yy, yz, xz, yz, zz};
    }
}
