package io.tendon.sessionlog.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.SessionDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.co.real_logic.sbe.ir.Ir;

class MessageIrTest {
    @TempDir
    private Path data = Path.of("unset");

    private final List<String> warnings = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private SessionDirectory directory;

    @BeforeEach
    void makeSession() throws IOException {
        directory = new SessionDirectory(data, "20260101-120000-aaaa");
        Files.createDirectories(directory.root());
    }

    @Test
    void shouldTakeTheSessionsOwnCopy() throws IOException {
        Files.write(directory.schema(), MessageSchema.irBytes());

        assertThat(messages(MessageIr.of(directory, warnings::add))).isPositive();
        assertThat(warnings).isEmpty();
    }

    @Test
    void shouldTakeItsOwnSchemaForOneThatIsCutOffAnywhereAndSaySoInOneLine() throws IOException {
        final byte[] good = MessageSchema.irBytes();
        final long messages = messages(MessageIr.decode(good));
        for (int lengthBytes = 0; lengthBytes < good.length; lengthBytes += 997) {
            Files.write(directory.schema(), Arrays.copyOf(good, lengthBytes));
            warnings.clear();

            assertThat(messages(MessageIr.of(directory, warnings::add))).isEqualTo(messages);
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .contains("cut off at " + lengthBytes + " bytes", "this installation's schema")
                    .doesNotContain("\n");
        }
    }

    @Test
    void shouldTakeItsOwnSchemaForOneThatIsGoneOrNonsense() throws IOException {
        assertThat(messages(MessageIr.of(directory, warnings::add))).isPositive();
        final byte[] nonsense = new byte[1000];
        Arrays.fill(nonsense, (byte) 0x5A);
        Files.write(directory.schema(), nonsense);
        assertThat(messages(MessageIr.of(directory, warnings::add))).isPositive();

        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).contains("missing");
        assertThat(warnings.get(1)).contains("damaged");
    }

    private static long messages(final Ir ir) {
        return ir.messages().size();
    }
}
