package io.tendon.robot;

/**
 * Where a frame is and how it is turned, seen from another frame. Mutable; one owner thread; nothing allocates after the
 * constructor.
 */
public final class Pose {
    private final double[] positionM = new double[3];
    private final double[] rotation = new double[9];

    /** Starts as the identity. */
    public Pose() {
        setIdentity();
    }

    /**
     * The frame's origin.
     *
     * @return the live array x, y, z in m; writing to it changes this pose.
     */
    public double[] positionM() {
        return positionM;
    }

    /**
     * The frame's rotation matrix, base from frame: its columns are the frame's axes.
     *
     * @return the live array of 9, row-major; writing to it changes this pose.
     */
    public double[] rotation() {
        return rotation;
    }

    /** No translation and no rotation. */
    public void setIdentity() {
        for (int i = 0; i < 9; i++) {
            rotation[i] = i % 4 == 0 ? 1 : 0;
        }
        positionM[0] = 0;
        positionM[1] = 0;
        positionM[2] = 0;
    }

    /**
     * Copies another pose.
     *
     * @param other to copy.
     */
    public void set(final Pose other) {
        System.arraycopy(other.positionM, 0, positionM, 0, 3);
        System.arraycopy(other.rotation, 0, rotation, 0, 9);
    }

    /**
     * From a translation and fixed-axis roll, pitch and yaw, as in URDF: R = Rz(yaw) Ry(pitch) Rx(roll).
     *
     * @param xyzM translation, 3.
     * @param rpyRad roll, pitch, yaw, 3.
     */
    public void setXyzRpy(final double[] xyzM, final double[] rpyRad) {
        final double cr = Math.cos(rpyRad[0]);
        final double sr = Math.sin(rpyRad[0]);
        final double cp = Math.cos(rpyRad[1]);
        final double sp = Math.sin(rpyRad[1]);
        final double cy = Math.cos(rpyRad[2]);
        final double sy = Math.sin(rpyRad[2]);
        rotation[0] = cy * cp;
        rotation[1] = cy * sp * sr - sy * cr;
        rotation[2] = cy * sp * cr + sy * sr;
        rotation[3] = sy * cp;
        rotation[4] = sy * sp * sr + cy * cr;
        rotation[5] = sy * sp * cr - cy * sr;
        rotation[6] = -sp;
        rotation[7] = cp * sr;
        rotation[8] = cp * cr;
        System.arraycopy(xyzM, 0, positionM, 0, 3);
    }

    /**
     * A rotation about an axis, without translation (Rodrigues' formula).
     *
     * @param axes holds the unit axis.
     * @param offset of the axis in the array.
     * @param angleRad right-handed.
     */
    void setAxisAngle(final double[] axes, final int offset, final double angleRad) {
        final double x = axes[offset];
        final double y = axes[offset + 1];
        final double z = axes[offset + 2];
        final double s = Math.sin(angleRad);
        final double c = Math.cos(angleRad);
        final double v = 1 - c;
        rotation[0] = c + x * x * v;
        rotation[1] = x * y * v - z * s;
        rotation[2] = x * z * v + y * s;
        rotation[3] = y * x * v + z * s;
        rotation[4] = c + y * y * v;
        rotation[5] = y * z * v - x * s;
        rotation[6] = z * x * v - y * s;
        rotation[7] = z * y * v + x * s;
        rotation[8] = c + z * z * v;
        positionM[0] = 0;
        positionM[1] = 0;
        positionM[2] = 0;
    }

    /**
     * Becomes the product a b: the frame b, given in a, seen from where a is seen. Either may be this pose itself.
     *
     * @param a outer pose.
     * @param b inner pose.
     */
    public void setProduct(final Pose a, final Pose b) {
        final double[] r = a.rotation;
        final double[] s = b.rotation;
        final double[] p = a.positionM;
        final double[] q = b.positionM;
        final double x = p[0] + r[0] * q[0] + r[1] * q[1] + r[2] * q[2];
        final double y = p[1] + r[3] * q[0] + r[4] * q[1] + r[5] * q[2];
        final double z = p[2] + r[6] * q[0] + r[7] * q[1] + r[8] * q[2];
        final double r0 = r[0] * s[0] + r[1] * s[3] + r[2] * s[6];
        final double r1 = r[0] * s[1] + r[1] * s[4] + r[2] * s[7];
        final double r2 = r[0] * s[2] + r[1] * s[5] + r[2] * s[8];
        final double r3 = r[3] * s[0] + r[4] * s[3] + r[5] * s[6];
        final double r4 = r[3] * s[1] + r[4] * s[4] + r[5] * s[7];
        final double r5 = r[3] * s[2] + r[4] * s[5] + r[5] * s[8];
        final double r6 = r[6] * s[0] + r[7] * s[3] + r[8] * s[6];
        final double r7 = r[6] * s[1] + r[7] * s[4] + r[8] * s[7];
        final double r8 = r[6] * s[2] + r[7] * s[5] + r[8] * s[8];
        positionM[0] = x;
        positionM[1] = y;
        positionM[2] = z;
        rotation[0] = r0;
        rotation[1] = r1;
        rotation[2] = r2;
        rotation[3] = r3;
        rotation[4] = r4;
        rotation[5] = r5;
        rotation[6] = r6;
        rotation[7] = r7;
        rotation[8] = r8;
    }

    /**
     * Where a point given in this frame is, seen from where this pose is seen.
     *
     * @param points holds the point, m.
     * @param offset of the point in that array.
     * @param out receives 3 from its start; may not be the same array.
     */
    public void transformPoint(final double[] points, final int offset, final double[] out) {
        final double x = points[offset];
        final double y = points[offset + 1];
        final double z = points[offset + 2];
        out[0] = positionM[0] + rotation[0] * x + rotation[1] * y + rotation[2] * z;
        out[1] = positionM[1] + rotation[3] * x + rotation[4] * y + rotation[5] * z;
        out[2] = positionM[2] + rotation[6] * x + rotation[7] * y + rotation[8] * z;
    }

    /**
     * The rotation as a unit quaternion with w at least 0 (Shepperd's method).
     *
     * @param xyzwOut receives x, y, z, w.
     */
    public void quaternion(final double[] xyzwOut) {
        final double[] r = rotation;
        final double trace = r[0] + r[4] + r[8];
        double x;
        double y;
        double z;
        double w;
        if (trace >= r[0] && trace >= r[4] && trace >= r[8]) {
            w = 1 + trace;
            x = r[7] - r[5];
            y = r[2] - r[6];
            z = r[3] - r[1];
        } else if (r[0] >= r[4] && r[0] >= r[8]) {
            x = 1 + r[0] - r[4] - r[8];
            w = r[7] - r[5];
            y = r[1] + r[3];
            z = r[2] + r[6];
        } else if (r[4] >= r[8]) {
            y = 1 - r[0] + r[4] - r[8];
            w = r[2] - r[6];
            x = r[1] + r[3];
            z = r[5] + r[7];
        } else {
            z = 1 - r[0] - r[4] + r[8];
            w = r[3] - r[1];
            x = r[2] + r[6];
            y = r[5] + r[7];
        }
        final double scale = (w < 0 ? -1 : 1) / Math.sqrt(x * x + y * y + z * z + w * w);
        xyzwOut[0] = x * scale;
        xyzwOut[1] = y * scale;
        xyzwOut[2] = z * scale;
        xyzwOut[3] = w * scale;
    }
}
