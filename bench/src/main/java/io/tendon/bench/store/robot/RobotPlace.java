package io.tendon.bench.store.robot;

import java.nio.file.Path;

/**
 * Where a robot's recorder runs. Immutable.
 *
 * @param home of the installation.
 * @param name of the robot, or what the names of several begin with; none runs.
 * @param data directory for the recordings; its own.
 * @param logs directory for what the processes print.
 */
public record RobotPlace(Path home, String name, Path data, Path logs) {
    /**
     * The recorder's command.
     *
     * @param home of an installation.
     * @return a file; need not be there.
     */
    public static Path recorderCommand(final Path home) {
        return home.resolve("bin/persistence-node");
    }

    /** That of one of several robots that record into one directory. */
    RobotPlace of(final String suffix) {
        return new RobotPlace(home, name + '-' + suffix, data, logs);
    }

    /** That of one of several robots that record into a directory each. */
    RobotPlace apart(final String suffix) {
        return new RobotPlace(home, name + '-' + suffix, data.resolve(suffix), logs);
    }
}
