package io.tendon.sessionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryCheckTest {
    @TempDir
    private Path directory;

    @Test
    void shouldMakeADirectoryThatIsNotThere() {
        final Path data = directory.resolve("a/b c");

        DataDirectoryCheck.require(data);

        assertThat(data.resolve("sessions")).isDirectory();
    }

    @Test
    void shouldRefuseAFileInItsPlaceWithTheCauseAndARemedy() throws IOException {
        final Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> DataDirectoryCheck.require(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("data=" + file)
                .hasMessageContaining("must be a directory that can be written")
                .hasMessageContaining("--data");
    }
}
