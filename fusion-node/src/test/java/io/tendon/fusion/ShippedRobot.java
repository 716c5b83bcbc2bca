package io.tendon.fusion;

import io.tendon.robot.RobotModel;
import io.tendon.robot.UrdfReader;
import io.tendon.robot.cell.Workcell;
import io.tendon.robot.cell.WorkcellFile;
import java.nio.file.Path;

/** The robot and the cell that Tendon ships, read from where the distribution takes them. */
public final class ShippedRobot {
    /** The robot's file. */
    public static final Path URDF = Path.of("..", "deploy", "src", "main", "config", "robots", "tendon6.urdf");

    /** The cell's file. */
    public static final Path CELL = Path.of("..", "deploy", "src", "main", "config", "cell.properties");

    private ShippedRobot() {}

    /** The robot. */
    public static RobotModel read() {
        return UrdfReader.read(URDF);
    }

    /** The cell. */
    public static Workcell readCell() {
        return WorkcellFile.read(CELL);
    }
}
