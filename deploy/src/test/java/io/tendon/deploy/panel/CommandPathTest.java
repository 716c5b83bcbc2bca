package io.tendon.deploy.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandPathTest {
    private static final Path COMMAND = Path.of("/opt/tendon/bin/control-node");

    @Test
    void shouldTypeWhatTheShellFinds() {
        assertThat(typed("/home/me", "/usr/bin:/opt/tendon/bin")).isEqualTo("control-node");
        assertThat(typed("/opt", "/usr/bin:")).isEqualTo("tendon/bin/control-node");
        assertThat(typed("/opt/tendon/bin", "/usr/bin")).isEqualTo("./control-node");
        assertThat(typed("/home/me", "")).isEqualTo("/opt/tendon/bin/control-node");
    }

    private static String typed(final String here, final String searchPath) {
        return CommandPath.typed(COMMAND, Path.of(here), searchPath);
    }
}
