package io.tendon.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.fusion.inference.JudgedWindows;
import io.tendon.fusion.inference.Model;
import io.tendon.fusion.inference.ModelFault;
import io.tendon.fusion.inference.ModelFile;
import io.tendon.fusion.inference.OnnxModel;
import io.tendon.robot.RobotModel;
import io.tendon.robot.UrdfReader;
import io.tendon.schemas.JointStateEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.verify.RecordedSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command on a session that a real archive has recorded, and what it makes in a real ONNX Runtime. */
class TrainCommandTest {
    private static final long MS = 1_000_000L;
    private static final long T0 = 1_700_000_000_000L * MS;
    private static final int SAMPLES = 64_000;
    private static final int STALL_EVERY_MS = 5_000;
    private static final int STALL_MS = 47;
    private static final Path CONFIG = Path.of("..", "deploy", "src", "main", "config");
    private static final Path URDF = CONFIG.resolve("robots").resolve("tendon6.urdf");
    private static final Path CELL = CONFIG.resolve("cell.properties");

    @TempDir
    private Path dir;

    @Test
    void shouldMakeAModelThatFusionRunsOfARecordedSession() throws IOException, ModelFault {
        final SessionDirectory session = recorded();
        Files.createDirectories(session.config());
        Files.copy(URDF, session.config().resolve("any-name.urdf"));
        Files.copy(CELL, session.config().resolve("cell.properties"));

        final Outcome first = train(session, "first");
        final Outcome second = train(session, "second");

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(second.exitCode()).as(second.err()).isZero();
        for (final String name : List.of("test.onnx", "test.properties", "test.md")) {
            assertThat(dir.resolve("first").resolve(name))
                    .hasSameBinaryContentAs(dir.resolve("second").resolve(name));
        }
        final RobotModel robot = UrdfReader.read(URDF);
        final ModelFile file = ModelFile.read(dir.resolve("first").resolve("test.properties"));
        file.requireFits(robot, 10 * MS, MS, 1);
        assertThat(file.judgedWindows()).isEqualTo(new JudgedWindows(true, 1_500 * MS));
        assertThat(file.threshold().afterGap()).hasSize(80);
        assertThat(Files.readString(dir.resolve("first").resolve("test.md")))
                .contains(session.sessionId(), "2 epochs, seed 1", file.sha256());
        try (Model model = OnnxModel.open(file, dir)) {
            assertThat(model.score(new float[file.elements()])).isFinite().isNotNegative();
        }
    }

    @Test
    void shouldRefuseWhatItCannotLearnFrom() throws IOException {
        final SessionDirectory session = recorded();
        Files.createDirectories(session.config());

        assertThat(train(session, "out").err())
                .contains("was not recorded with", "name with --robot and --cell what it was recorded with");
        assertThat(train(session, "out", "--epochs", "0").err()).contains("epochs", "must be 1.0 to 10000.0");
        assertThat(train(session, "out", "--model-name", "a b").exitCode()).isEqualTo(NodeCommand.EXIT_USAGE);
        assertThat(dir.resolve("out")).doesNotExist();
    }

    private Outcome train(final SessionDirectory session, final String out, final String... more) {
        final List<String> arguments = new ArrayList<>(List.of(
                "--data", session.data().toString(),
                "--session", session.sessionId(),
                "--robot", URDF.toString(),
                "--cell", CELL.toString(),
                "--out", dir.resolve(out).toString(),
                "--hidden", "8",
                "--code", "4"));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--epochs")) {
            arguments.addAll(List.of("--epochs", "2"));
        }
        if (!arguments.contains("--model-name")) {
            arguments.addAll(List.of("--model-name", "test"));
        }
        final StringWriter err = new StringWriter();
        final int exitCode = new CommandLine(new TrainCommand())
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((e, command, result) -> {
                    command.getErr().println(e.getMessage());
                    return e instanceof ConfigException ? NodeCommand.EXIT_USAGE : NodeCommand.EXIT_FAILURE;
                })
                .execute(arguments.toArray(String[]::new));
        return new Outcome(exitCode, err.toString());
    }

    /** An arm whose joints swing, and which stands still without a word for 47 ms every five seconds. */
    private SessionDirectory recorded() throws IOException {
        try (RecordedSession session = new RecordedSession(dir).record(StreamCatalog.CONTROL_STATE)) {
            final ExclusivePublication control = session.writer(StreamCatalog.CONTROL_STATE);
            final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(2_048));
            for (int i = 0; i < SAMPLES; i++) {
                if (i % STALL_EVERY_MS >= STALL_MS) {
                    session.publish(control, sample(buffer, i));
                }
            }
            session.awaitRecorded(control);
            return session.stop();
        }
    }

    private static UnsafeBuffer sample(final UnsafeBuffer buffer, final int i) {
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        final JointStateEncoder state = new JointStateEncoder().wrapAndApplyHeader(buffer, 0, header);
        state.stamp().sequence(i).captureTimeNs(T0 + i * MS).source(NodeId.CONTROL);
        state.cycle(i)
                .safetyState(SafetyState.RUNNING)
                .gripperWidthM(0.05)
                .gripperForceN(0)
                .gripperCommandWidthM(0.05);
        state.wristForceN().x(0.1 * Math.sin(i)).y(0.1 * Math.cos(i)).z(0.2);
        state.inputsCount(0);
        final JointStateEncoder.JointsEncoder joints = state.jointsCount(6);
        for (int joint = 0; joint < 6; joint++) {
            final double phase = i * 0.001 * (joint + 1);
            joints.next()
                    .position(Math.sin(phase) + 1e-4 * Math.sin(17.0 * i))
                    .velocity(0.1 * Math.cos(phase))
                    .effort(Math.cos(phase))
                    .commandPosition(Math.sin(phase))
                    .commandVelocity(0.1 * Math.cos(phase));
        }
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + state.encodedLength());
    }

    private record Outcome(int exitCode, String err) {}
}
