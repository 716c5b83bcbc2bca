package io.tendon.bus.errorlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedErrorLogTest {
    @TempDir
    private Path directory;

    @Test
    void shouldKeepEachDistinctExceptionOnceWithItsCount() {
        final Path file = directory.resolve("errors-control");
        final MappedErrorLog log = new MappedErrorLog(file, "control", () -> 1234L);
        for (int i = 0; i < 3; i++) {
            log.onError(new IllegalStateException("encoder 3 does not answer"));
        }
        log.onError(new IllegalArgumentException("other"));

        assertThat(log.count()).isEqualTo(4);
        assertThat(MappedErrorLog.read(file))
                .hasSize(2)
                .anySatisfy(text -> assertThat(text).startsWith("3x ").contains("encoder 3 does not answer"));
        assertThat(MappedErrorLog.read(directory.resolve("absent"))).isEmpty();
    }
}
