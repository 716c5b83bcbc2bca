package io.tendon.robot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link RobotModel} of a URDF file, or says which line cannot be used and why. Reads the file and nothing else:
 * meshes are not opened, document types and external entities are off. Stateless; any thread, not in a cycle.
 *
 * <p>Which joints are the arm, which the gripper and where the tip is, is found as {@code ArmSelection} and {@code
 * ToolFrame} say; limits that URDF lacks come from {@code DriveSizing}. Whatever had to be assumed stands in {@link
 * RobotModel#assumptions()}.
 */
public final class UrdfReader {
    private static final int MAX_LENGTH_BYTES = 1 << 26;

    private UrdfReader() {}

    /**
     * Reads a file and finds out everything by itself.
     *
     * @param file a URDF, not xacro.
     * @return the robot.
     * @throws UrdfException when the file cannot be read or used.
     */
    public static RobotModel read(final Path file) {
        return read(file, UrdfOptions.DEFAULT);
    }

    /**
     * Reads a file with hints.
     *
     * @param file a URDF, not xacro.
     * @param options what the user knows better.
     * @return the robot.
     * @throws UrdfException when the file cannot be read or used.
     */
    public static RobotModel read(final Path file, final UrdfOptions options) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in, options);
        } catch (final IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /**
     * Reads from a stream.
     *
     * @param file name of the file, for messages.
     * @param in its bytes; left open.
     * @param options what the user knows better.
     * @return the robot.
     * @throws UrdfException when the stream cannot be read or used.
     */
    public static RobotModel read(final String file, final InputStream in, final UrdfOptions options) {
        final UrdfTree tree = new UrdfTree(UrdfParser.parse(UrdfXml.parse(file, bytes(file, in))));
        final List<String> assumptions = new ArrayList<>();
        final ArmSelection.Arm arm = ArmSelection.select(tree, options, assumptions);
        final ToolFrame tool = ToolFrame.find(tree, arm, options.tipLink(), assumptions);
        final KinematicChain chain = ChainBuilder.build(tree, arm, tool, assumptions);
        final List<Joint> joints = DriveSizing.size(arm.joints(), chain, assumptions);
        return new RobotModel(
                robotName(tree.robot()),
                joints,
                chain,
                GripperSizing.size(tree, arm.gripperJoints(), assumptions),
                HomePose.find(joints, chain),
                assumptions);
    }

    private static byte[] bytes(final String file, final InputStream in) {
        try {
            final byte[] bytes = in.readNBytes(MAX_LENGTH_BYTES + 1);
            if (bytes.length > MAX_LENGTH_BYTES) {
                throw new UrdfException(
                        file, 1, "is longer than " + MAX_LENGTH_BYTES + " bytes: a URDF is not; give another file");
            }
            return bytes;
        } catch (final IOException e) {
            throw unreadable(file, e);
        }
    }

    private static UrdfException unreadable(final String file, final IOException e) {
        return new UrdfException(file, 1, "cannot be read, " + e + "; give a readable URDF file");
    }

    private static String robotName(final UrdfElement robot) {
        final @Nullable String name = robot.attributes().get("name");
        return name == null || name.isBlank() ? "robot" : name.strip();
    }
}
