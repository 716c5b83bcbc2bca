package io.tendon.bench.store.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.RuntimeDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a process in the recorder's place that never comes up. */
class RecorderRigTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void keepRobotsHere() throws IOException {
        System.setProperty(
                RuntimeDirectory.ROOT_PROPERTY,
                Files.createDirectory(directory.resolve("memory")).toString());
        final Path command = RobotPlace.recorderCommand(directory);
        Files.createDirectories(command.getParent());
        Files.writeString(command, "#!/bin/sh\nexec sleep 600\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
    }

    @AfterEach
    void keepRobotsElsewhere() {
        System.clearProperty(RuntimeDirectory.ROOT_PROPERTY);
    }

    @Test
    void shouldWaitForNoRecorderAnyMoreOnceItIsInterrupted() throws IOException {
        try (RecorderRig rig = rig()) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(rig::start)
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("stopped before its end");
            assertThat(Thread.interrupted()).isFalse();
        }
        assertThat(sleeping()).isZero();
    }

    @Test
    void shouldKillARecorderThatDidNotComeUp() throws IOException {
        try (RecorderRig rig = rig()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(rig::start).isInstanceOf(CommandFailure.class);
            assertThat(sleeping()).isEqualTo(1);

            rig.kill();

            assertThat(sleeping()).isZero();
        }
    }

    private RecorderRig rig() throws IOException {
        return new RecorderRig(new RobotPlace(
                directory,
                "rig-" + ProcessHandle.current().pid(),
                directory.resolve("data"),
                Files.createDirectories(directory.resolve("logs"))));
    }

    private static long sleeping() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .count();
    }
}
