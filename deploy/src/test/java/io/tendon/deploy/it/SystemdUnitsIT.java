package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tendon.deploy.command.CommandCatalog;
import io.tendon.deploy.command.ShippedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped systemd units, installed as docs/operations/systemd.md says, in the eyes of systemd itself. */
class SystemdUnitsIT {
    private static final String SHIPPED_HOME = "/opt/tendon";

    @TempDir
    private Path units;

    private Path home = Path.of("");

    @BeforeEach
    void install() throws IOException {
        home = new Installation(units).home();
        copy(home.resolve("systemd"), units);
        copy(home.resolve("systemd/four-cores"), units);
    }

    @Test
    void shouldFindNothingWrongWithTheUnitsWhenTheyAreInstalled() throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/systemd-analyze"))
                .as("systemd is not installed here, so nobody can judge its units")
                .isExecutable();
        final List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify"));
        try (Stream<Path> files = Files.list(units)) {
            files.filter(Files::isRegularFile).map(Path::toString).sorted().forEach(command::add);
        }
        assertThat(command).hasSize(2 + 6);
        final Path printed = units.resolve("printed");

        final Process verify = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();

        assertThat(verify.waitFor()).as(Files.readString(printed)).isZero();
        assertThat(printed)
                .as("an unknown key is a warning, and is refused here")
                .isEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "persistence", "control", "fusion"})
    void shouldRestartANodeStopTheRobotAfterTheLimitAndLeaveTheOthersAlone(final String node) throws IOException {
        final Path service = units.resolve("tendon-" + node + "@.service");

        assertThat(service)
                .content()
                .contains("\nRestart=on-failure\n")
                .contains("\nStartLimitIntervalSec=60\n")
                .contains("\nStartLimitBurst=3\n")
                .contains("\nOnFailure=tendon-stop@%i.service\n")
                .contains("\nRestartPreventExitStatus=2")
                .contains("\nPartOf=tendon@%i.target\n")
                .doesNotContain("Requires=", "BindsTo=", "Requisite=", "Wants=");
        assertThat(units.resolve("tendon@.target")).content().contains("tendon-" + node + "@%i.service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bus-driver", "persistence-node", "control-node", "fusion-node"})
    void shouldStartANodeWithOptionsThatItHas(final String name) throws IOException {
        final String start = Files.readAllLines(
                        units.resolve("tendon-" + name.replace("bus-", "").replace("-node", "") + "@.service"))
                .stream()
                .filter(line -> line.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow();
        final String[] words =
                start.replaceAll(" \\$[A-Z_]+", "").replace("%i", "arm").split(" ");
        final ShippedCommand command = CommandCatalog.all().stream()
                .filter(shipped -> shipped.name().equals(name))
                .findFirst()
                .orElseThrow();

        assertThat(words[0]).isEqualTo("ExecStart=" + home.resolve("bin").resolve(name));
        assertThatCode(() -> command.commandLine().parseArgs(Arrays.copyOfRange(words, 1, words.length)))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldStopInTheOrderFusionControlPersistenceDriver() throws IOException {
        // systemd stops in the reverse order of After=.
        assertThat(after("fusion")).contains("tendon-control@%i.service");
        assertThat(after("control")).contains("tendon-persistence@%i.service").doesNotContain("fusion");
        assertThat(after("persistence"))
                .contains("tendon-driver@%i.service")
                .doesNotContain("control")
                .doesNotContain("fusion");
        assertThat(Files.readString(units.resolve("tendon-driver@.service"))).doesNotContain("After=");
    }

    private String after(final String node) throws IOException {
        return Files.readAllLines(units.resolve("tendon-" + node + "@.service")).stream()
                .filter(line -> line.startsWith("After="))
                .findFirst()
                .orElse("");
    }

    /** Copies the units and drop-ins with the home of this installation in them, as the install steps do. */
    private void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final Path relative = from.relativize(file);
                if (relative.startsWith("tendon@.target") || relative.toString().startsWith("tendon-")) {
                    final Path target = to.resolve(relative.toString());
                    Files.createDirectories(target.getParent());
                    Files.writeString(target, Files.readString(file).replace(SHIPPED_HOME, home.toString()));
                }
            }
        }
    }
}
