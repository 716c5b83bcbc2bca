package io.tendon.training;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.fusion.inference.ModelFile;
import io.tendon.fusion.inference.Sha256;
import io.tendon.fusion.inference.TrainedOn;
import io.tendon.robot.RobotModel;
import io.tendon.robot.UrdfException;
import io.tendon.robot.UrdfReader;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionCatalog;
import io.tendon.sessionlog.SessionNotFoundException;
import io.tendon.sessionlog.option.SessionOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code training/run.sh}: recorded sessions in, a model with its manifest and its card out. Main thread. */
@Command(
        name = "training",
        description = {
            "Makes a model for fusion from recorded sessions of an arm that is well: an autoencoder, that finds strange what"
                    + " it has not seen there. The same sessions and options give the same files.",
            "Writes NAME.onnx, NAME.properties (for `fusion-node run --model`) and NAME.md."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = NodeCommand.Version.class)
public final class TrainCommand implements Callable<Integer> {
    /** Longest of a window that is only incomplete; an arm without commands for longer begins again. */
    private static final long GAP_NS = 4_000_000L;

    /** An arm that was moved by hand is back at its work by then. */
    private static final long SETTLE_NS = 1_500_000_000L;

    private static final int FEWEST_ROWS = 6_000;

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(
            names = "--session",
            paramLabel = "ID",
            required = true,
            description = "Session to learn from, or the beginning of its id; as often as there are sessions.")
    private List<String> sessions = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Where the files go (default: the present directory).")
    private Path out = Path.of("");

    @Option(
            names = "--model-name",
            paramLabel = "NAME",
            defaultValue = "windows",
            description = "Name of the model and its files (default: ${DEFAULT-VALUE}).")
    private String modelName = "windows";

    @Option(names = "--robot", paramLabel = "FILE", description = "URDF of the robot (default: the installation's).")
    private @Nullable Path robotFile;

    @Option(names = "--cell", paramLabel = "FILE", description = "Its work cell (default: the installation's).")
    private @Nullable Path cellFile;

    @Option(
            names = "--window",
            paramLabel = "DURATION",
            defaultValue = "10ms",
            converter = Durations.Converter.class,
            description = "Length of fusion's windows (default: ${DEFAULT-VALUE}).")
    private long windowNs;

    @Option(
            names = "--sample-period",
            paramLabel = "DURATION",
            defaultValue = "1ms",
            converter = Durations.Converter.class,
            description = "Period of control's samples (default: ${DEFAULT-VALUE}).")
    private long samplePeriodNs;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            defaultValue = "48",
            description = "Size of the wide layers, 1 to 1024 (default: ${DEFAULT-VALUE}).")
    private int hidden;

    @Option(
            names = "--code",
            paramLabel = "N",
            defaultValue = "16",
            description = "Size of the narrow layer, 1 to 1024 (default: ${DEFAULT-VALUE}).")
    private int code;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "20",
            description = "How often all windows are looked at, 1 to 10000 (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--dropped",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description =
                    "Share of the samples that are left out when a session is read a second time, 0 to 0.5; 0 for no"
                            + " second time (default: ${DEFAULT-VALUE}).")
    private double dropped;

    @Option(
            names = "--margin",
            paramLabel = "X",
            defaultValue = "1.5",
            description =
                    "Threshold over the highest score of an arm that is well, 1 to 10 (default: ${DEFAULT-VALUE}).")
    private double margin;

    @Option(
            names = "--gap-margin",
            paramLabel = "X",
            defaultValue = "2.5",
            description = "The same behind a gap, of which a session shows less, margin to 10"
                    + " (default: ${DEFAULT-VALUE}).")
    private double gapMargin;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Of the first weights, the order of the windows and the samples left out"
                    + " (default: ${DEFAULT-VALUE}).")
    private long seed;

    /** Called by Picocli. */
    public TrainCommand() {}

    /**
     * Starts the command line.
     *
     * @param args see {@code --help}.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(new TrainCommand(), args));
    }

    @Override
    public Integer call() throws IOException {
        final TrainingSettings settings = settings();
        final Path robotPath = file(robotFile, Path.of("config", "robots", "tendon6.urdf"));
        final Path cellPath = file(cellFile, Path.of("config", "cell.properties"));
        final TrainingShape shape = new TrainingShape(robot(robotPath), windowNs, samplePeriodNs, GAP_NS, SETTLE_NS);
        final TrainedOn trainedOn = new TrainedOn(Sha256.of(robotPath), Sha256.of(cellPath), windowNs, samplePeriodNs);
        final List<TrainingRow> rows = new ArrayList<>();
        final List<ModelCard.Data> data = new ArrayList<>();
        for (final Session session : find()) {
            requireSame(session, robotPath, trainedOn.robotSha256());
            requireSame(session, cellPath, trainedOn.cellSha256());
            data.add(read(session, shape, rows));
        }
        if (rows.size() < FEWEST_ROWS) {
            throw new CommandFailure("too little to learn from: " + rows.size() + " windows in which the arm follows"
                    + " set-points, at least " + FEWEST_ROWS + " are needed; record longer");
        }
        final TrainedModel model = new Trainer(settings, shape, TrainCommand::say).train(rows);
        write(settings, shape, trainedOn, model, data);
        return NodeCommand.EXIT_OK;
    }

    private TrainingSettings settings() {
        within("hidden", hidden, 1, 1_024);
        within("code", code, 1, 1_024);
        within("epochs", epochs, 1, 10_000);
        within("dropped", dropped, 0, 0.5);
        within("margin", margin, 1, 10);
        within("gap-margin", gapMargin, margin, 10);
        if (!modelName.matches("[A-Za-z0-9._-]{1," + ModelFile.MAX_NAME_LENGTH + "}")) {
            throw new ConfigException(
                    "model-name",
                    modelName,
                    "must be 1 to " + ModelFile.MAX_NAME_LENGTH + " letters, digits, dots, dashes or underscores",
                    "choose another");
        }
        return new TrainingSettings(modelName, hidden, code, epochs, dropped, margin, gapMargin, seed);
    }

    private static void within(final String name, final double value, final double least, final double most) {
        if (!(value >= least && value <= most)) {
            throw new ConfigException(name, value, "must be " + least + " to " + most, "leave it out for the default");
        }
    }

    private List<Session> find() {
        final SessionCatalog catalog = new SessionCatalog(options.dataDirectory());
        final List<Session> found = new ArrayList<>();
        for (final String name : sessions) {
            SessionOption.requireName(name);
            try {
                found.add(catalog.find(name));
            } catch (final SessionNotFoundException e) {
                throw new CommandFailure(String.valueOf(e.getMessage()));
            }
        }
        return found;
    }

    /** A session keeps the files that its nodes were started with. */
    private static void requireSame(final Session session, final Path file, final @Nullable String sha256)
            throws IOException {
        final Path kept = session.directory().config();
        try (Stream<Path> files = Files.list(kept)) {
            for (final Path candidate : files.toList()) {
                if (Sha256.of(candidate).equals(sha256)) {
                    return;
                }
            }
        }
        throw new CommandFailure("session " + session.directory().sessionId() + " was not recorded with " + file
                + ": nothing in " + kept + " is the same; name with --robot and --cell what it was recorded with");
    }

    private ModelCard.Data read(final Session session, final TrainingShape shape, final List<TrainingRow> rows) {
        final String id = session.directory().sessionId();
        final List<TrainingRow> whole = SessionRows.read(session, shape, 0, seed);
        final int behindGap = (int) whole.stream()
                .filter(row -> row.windowsSinceGap() < ScoreLimits.WINDOWS)
                .count();
        say("session " + id + ": " + whole.size() + " windows, " + behindGap + " of them within " + ScoreLimits.WINDOWS
                + " windows of a gap");
        rows.addAll(whole);
        if (dropped > 0) {
            rows.addAll(SessionRows.read(session, shape, dropped, seed));
        }
        return new ModelCard.Data(id, whole.size(), behindGap);
    }

    private void write(
            final TrainingSettings settings,
            final TrainingShape shape,
            final TrainedOn trainedOn,
            final TrainedModel model,
            final List<ModelCard.Data> data)
            throws IOException {
        final byte[] onnx = OnnxAutoencoder.encode(model.autoencoder(), modelName);
        final String sha256 = Sha256.of(ByteBuffer.wrap(onnx));
        Files.createDirectories(out.toAbsolutePath());
        Files.write(out.resolve(modelName + ".onnx"), onnx);
        Files.writeString(
                out.resolve(modelName + ".properties"),
                ManifestWriter.text(modelName, sha256, shape, model, trainedOn));
        Files.writeString(out.resolve(modelName + ".md"), ModelCard.text(settings, shape, model, sha256, data));
        say("threshold " + model.threshold().usual() + ", and "
                + model.threshold().of(0) + " where a gap ends");
        say("highest of what was held back: " + model.heldHighest() + " of what the rest allows");
        say("written: " + out.resolve(modelName + ".{onnx,properties,md}"));
    }

    private static RobotModel robot(final Path file) {
        try {
            return UrdfReader.read(file);
        } catch (final UrdfException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), NodeCommand.EXIT_USAGE);
        }
    }

    private static Path file(final @Nullable Path given, final Path installed) {
        return given != null
                ? given
                : Path.of(System.getProperty(NodeCommand.HOME_PROPERTY, ".")).resolve(installed);
    }

    private static void say(final String line) {
        System.err.println("training: " + line);
    }
}
