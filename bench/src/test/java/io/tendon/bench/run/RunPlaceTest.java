package io.tendon.bench.run;

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

class RunPlaceTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void keepRobotsHere() {
        System.setProperty(RuntimeDirectory.ROOT_PROPERTY, directory.toString());
    }

    @AfterEach
    void keepRobotsElsewhere() {
        System.clearProperty(RuntimeDirectory.ROOT_PROPERTY);
    }

    @Test
    void shouldOwnItsDirectoriesAndThoseOfItsRobotsAlone() throws IOException {
        final RunPlace place = new RunPlace("bench-7", directory.resolve("work"), directory.resolve("disk"));
        assertThat(place.own()).isEmpty();
        final Path robot = Files.createDirectory(RuntimeDirectory.of("bench-7").directory());
        final Path other =
                Files.createDirectory(RuntimeDirectory.of("bench-7-load").directory());
        Files.createDirectory(RuntimeDirectory.of("bench-77").directory());
        Files.createDirectory(RuntimeDirectory.of("default").directory());
        Files.createDirectory(place.memory());

        assertThat(place.own()).containsExactlyInAnyOrder(robot, other, place.memory());
    }

    @Test
    void shouldSayHowMuchRoomIsMissing() throws IOException {
        RunPlace.requireFree(directory, 1, "nothing");
        RunPlace.requireFree(directory.resolve("not/there/yet"), 1, "nothing");
        assertThatThrownBy(() -> RunPlace.requireFree(directory, Long.MAX_VALUE / 2, "name another"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("GB free, must have 4611686019 GB; name another");
    }
}
