package io.tendon.robot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** URDFs of different styles, the shipped robot among them. */
final class Corpus {
    static final Path SHIPPED = Path.of("..", "deploy", "src", "main", "config", "robots", "tendon6.urdf");
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "robots");

    private Corpus() {}

    static List<Path> files() {
        try (Stream<Path> listed = Files.list(DIRECTORY)) {
            return Stream.concat(Stream.of(SHIPPED), listed.sorted(Comparator.comparing(Path::toString)))
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path file(final String name) {
        return DIRECTORY.resolve(name + ".urdf");
    }

    static RobotModel read(final String name) {
        return UrdfReader.read(file(name));
    }

    /** Positions within the limits, within a turn for joints without. */
    static double[] randomPositions(final RobotModel robot, final SplittableRandom random) {
        final double[] positions = new double[robot.jointCount()];
        for (int i = 0; i < positions.length; i++) {
            final JointLimits limits = robot.joint(i).limits();
            final double lower = Math.max(limits.lowerPosition(), -7);
            final double upper = Math.min(limits.upperPosition(), 7);
            positions[i] = lower + random.nextDouble() * (upper - lower);
        }
        return positions;
    }
}
