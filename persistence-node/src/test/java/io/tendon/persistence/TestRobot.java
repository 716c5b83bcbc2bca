package io.tendon.persistence;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.schemas.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;
import org.agrona.LangUtil;

/** A driver and a session in memory, where the recorder and writers find them. */
final class TestRobot implements AutoCloseable {
    private final Path root;
    private final RuntimeDirectory runtime;
    private final MediaDriver driver;
    private final SessionAnchor session;

    TestRobot() {
        try {
            root = Files.createTempDirectory(Path.of("/dev/shm"), "tendon-test");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        runtime = new RuntimeDirectory("test", root.resolve("tendon-" + System.getProperty("user.name") + "-test"));
        runtime.create();
        session = SessionAnchor.create();
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(runtime.aeronDirectory().toString())
                .threadingMode(ThreadingMode.SHARED)
                .clientLivenessTimeoutNs(TimeUnit.SECONDS.toNanos(60))
                .publicationUnblockTimeoutNs(TimeUnit.SECONDS.toNanos(75))
                .timerIntervalNs(TimeUnit.MILLISECONDS.toNanos(100))
                .epochClock(session.clock())
                .dirDeleteOnStart(true)
                .errorHandler(LangUtil::rethrowUnchecked));
        session.write(runtime.sessionFile());
    }

    RuntimeDirectory runtime() {
        return runtime;
    }

    String sessionName() {
        return session.sessionName();
    }

    BusConnection connect(final NodeId node) {
        return BusConnection.connect(runtime, node, LangUtil::rethrowUnchecked, TimeUnit.SECONDS.toNanos(5));
    }

    /** The real command in a process of its own, that can be killed. */
    Process launch(final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.util.zip=ALL-UNNAMED",
                "-D" + RuntimeDirectory.ROOT_PROPERTY + "=" + root,
                "-cp",
                System.getProperty("java.class.path"),
                PersistenceNode.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .start();
    }

    @Override
    public void close() {
        driver.close();
        IoUtil.delete(root.toFile(), true);
    }
}
