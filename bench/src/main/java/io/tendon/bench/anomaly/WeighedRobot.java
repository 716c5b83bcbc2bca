package io.tendon.bench.anomaly;

import io.tendon.robot.RobotModel;
import io.tendon.robot.UrdfException;
import io.tendon.robot.UrdfOptions;
import io.tendon.robot.UrdfReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A URDF whose links can be made heavier: what a detector believes of an arm is never quite so. Immutable; any thread. */
final class WeighedRobot {
    private static final Pattern MASS = Pattern.compile("(<mass\\s+value\\s*=\\s*\")([^\"]+)(\")");

    private final Path file;
    private final String urdf;

    private WeighedRobot(final Path file, final String urdf) {
        this.file = file;
        this.urdf = urdf;
    }

    /**
     * Reads a file.
     *
     * @throws IOException when there is none that can be read.
     */
    static WeighedRobot read(final Path file) throws IOException {
        return new WeighedRobot(file, Files.readString(file));
    }

    /**
     * The robot with every mass times a factor.
     *
     * @throws UrdfException when the file describes no arm.
     */
    RobotModel times(final double factor) {
        final Matcher matcher = MASS.matcher(urdf);
        final String weighed =
                matcher.replaceAll(mass -> mass.group(1) + Double.parseDouble(mass.group(2)) * factor + mass.group(3));
        return UrdfReader.read(
                file.toString(),
                new ByteArrayInputStream(weighed.getBytes(StandardCharsets.UTF_8)),
                UrdfOptions.DEFAULT);
    }
}
