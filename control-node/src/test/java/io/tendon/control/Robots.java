package io.tendon.control;

import io.tendon.robot.RobotModel;
import io.tendon.robot.UrdfReader;
import io.tendon.robot.cell.Workcell;
import io.tendon.robot.cell.WorkcellFile;
import java.nio.file.Path;

/** The robot and the cell that ship with Tendon. */
public final class Robots {
    private static final Path CONFIG = Path.of("..", "deploy", "src", "main", "config");

    private Robots() {}

    /** The shipped arm. */
    public static RobotModel shipped() {
        return UrdfReader.read(urdf());
    }

    /** Its file. */
    public static Path urdf() {
        return CONFIG.resolve("robots/tendon6.urdf");
    }

    /** The shipped cell. */
    public static Workcell cell() {
        return WorkcellFile.read(cellFile());
    }

    /** Its file. */
    public static Path cellFile() {
        return CONFIG.resolve("cell.properties");
    }
}
