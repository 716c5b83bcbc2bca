package io.tendon.fusion;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.cycle.CpuSet;
import io.tendon.fusion.inference.ModelFile;
import io.tendon.fusion.inference.Sha256;
import io.tendon.fusion.inference.TrainedOn;
import io.tendon.robot.RobotModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which model judges windows: the one that was named, or of those that the installation has the one that was trained on this
 * robot in this cell. Main thread.
 */
final class ModelChoice {
    /** The one that was trained on this robot in this cell, if there is one. */
    static final String AUTO = "auto";

    /** None. */
    static final String NONE = "none";

    private static final System.Logger LOG = System.getLogger(ModelChoice.class.getName());
    private static final Path INSTALLED = Path.of("config", "models");

    private final FusionConfig config;
    private final RobotModel robot;
    private final CellOptions files;
    private final @Nullable String home;

    /**
     * A choice for a robot.
     *
     * @param config of the node.
     * @param robot that moves.
     * @param files that say what robot it is, and where it works.
     * @param home of the installation, null outside of one.
     */
    ModelChoice(
            final FusionConfig config, final RobotModel robot, final CellOptions files, final @Nullable String home) {
        this.config = config;
        this.robot = robot;
        this.files = files;
        this.home = home;
    }

    /**
     * The model.
     *
     * @param wanted {@link #AUTO}, {@link #NONE}, or a manifest.
     * @return null for none.
     * @throws io.tendon.bus.config.ConfigException when it was named and does not fit, naming file, key, rule and remedy.
     */
    @Nullable
    ModelFile choose(final String wanted) {
        if (wanted.equals(NONE)) {
            return null;
        }
        if (wanted.equals(AUTO)) {
            return installed();
        }
        final ModelFile file = ModelFile.read(Path.of(wanted));
        file.requireFits(robot, config.windowNs(), config.samplePeriodNs(), CpuSet.onlineCount());
        return file;
    }

    private @Nullable ModelFile installed() {
        if (home == null || !Files.isDirectory(Path.of(home).resolve(INSTALLED))) {
            return null;
        }
        final Path directory = Path.of(home).resolve(INSTALLED);
        try {
            final TrainedOn here = new TrainedOn(
                    Sha256.of(files.robotFile()),
                    Sha256.of(files.cellFile()),
                    config.windowNs(),
                    config.samplePeriodNs());
            for (final Path manifest : manifests(directory)) {
                final ModelFile file = ModelFile.read(manifest);
                if (file.trainedOn().equals(here)) {
                    file.requireFits(robot, config.windowNs(), config.samplePeriodNs(), CpuSet.onlineCount());
                    return file;
                }
            }
        } catch (final IOException e) {
            throw new CommandFailure("cannot look for a model in " + directory + ": " + e, NodeCommand.EXIT_USAGE);
        }
        LOG.log(
                System.Logger.Level.INFO,
                "event=no-model reason=\"none in " + directory + " was trained on this robot, cell and window\"");
        return null;
    }

    private static List<Path> manifests(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".properties"))
                    .sorted()
                    .toList();
        }
    }
}
