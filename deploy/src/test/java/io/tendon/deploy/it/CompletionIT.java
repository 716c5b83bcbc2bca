package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.deploy.command.CommandCatalog;
import io.tendon.deploy.command.ShippedCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped completion in bash: what it offers for a line that is being typed, whose last word ends at the cursor. */
class CompletionIT {
    /** Does what bash does at a Tab: finds the function by the command's name without its path, and calls it. */
    private static final String TAB = """
            . "$SCRIPT"
            compopt() { :; }
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; COMPREPLY=()
            function=$(complete -p "${1##*/}" | sed 's/.* -F \\([^ ]*\\) .*/\\1/')
            "$function"
            [ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
            """;

    @TempDir
    private Path data;

    @Test
    void shouldCompleteEveryCommandThatShips() throws IOException {
        try (Stream<Path> files = Files.list(new Installation(data).home().resolve("bin"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.endsWith(".sh")))
                    .as("commands of bin stand in CommandCatalog")
                    .containsExactlyInAnyOrderElementsOf(CommandCatalog.all().stream()
                            .map(ShippedCommand::name)
                            .toList());
        }
        for (final ShippedCommand command : CommandCatalog.all()) {
            assertThat(complete(command.name(), ""))
                    .containsAll(command.commandLine().getSubcommands().keySet());
            assertThat(complete("any/where/" + command.name(), "--he")).containsExactly("--help");
            for (final String script : command.scripts()) {
                assertThat(complete("deploy/" + script, "--he")).containsExactly("--help");
            }
        }
    }

    @Test
    void shouldCompleteVerbsOptionsAndValues() throws IOException {
        Files.createFile(data.resolve("my-arm.urdf"));

        assertThat(complete("persistence-node", "du")).containsExactly("dump");
        assertThat(complete("persistence-node", "dump", "--str")).containsExactly("--stream");
        assertThat(complete("persistence-node", "dump", "--stream", ""))
                .containsExactlyElementsOf(
                        StreamCatalog.all().stream().map(StreamDescriptor::name).toList());
        assertThat(complete("launch-all", "--rt", "")).containsExactly("off", "prefer", "require");
        assertThat(complete("control-node", "run", "--rt", "req")).containsExactly("require");
        assertThat(complete("launch-all", "--robot", data + "/my-"))
                .containsExactly(data.resolve("my-arm.urdf").toString());
    }

    @Test
    void shouldCompleteSessionsThatWereRecorded() throws IOException {
        Files.createDirectories(data.resolve("sessions/20260131-120000-abcd"));
        Files.createDirectories(data.resolve("other/sessions/20260201-120000-ef01"));

        assertThat(complete("persistence-node", "info", "--session", "2026")).containsExactly("20260131-120000-abcd");
        assertThat(complete("persistence-node", "info", "--data", data + "/other", "--session", ""))
                .containsExactly("20260201-120000-ef01");
        assertThat(complete("persistence-node", "info", "--session", "1999")).isEmpty();
    }

    @Test
    void shouldCompleteWhatIsTypedAtAnInteractiveShell() throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/script"))
                .as("no script command here (util-linux), so there is no terminal to type at")
                .isExecutable();
        final Path typed = Files.writeString(
                data.resolve("typed"), "set -o emacs\n. \"$SCRIPT\"\n\"$BIN\"/persistence-node du\t--he\t\nexit\n");
        final Path screen = data.resolve("screen");

        final Process shell = shell("script", "-qec", "bash --norc --noprofile -i", "/dev/null")
                .redirectInput(typed.toFile())
                .redirectErrorStream(true)
                .redirectOutput(screen.toFile())
                .start();

        assertThat(shell.waitFor()).isZero();
        assertThat(screen).content().contains("persistence-node dump --help").contains("Most messages to print");
    }

    private List<String> complete(final String... words) {
        try {
            final Path offered = data.resolve("offered");
            final Path complaints = data.resolve("complaints");
            final Process bash = shell(Stream.concat(Stream.of("bash", "-c", TAB, "bash"), Stream.of(words))
                            .toArray(String[]::new))
                    .redirectOutput(offered.toFile())
                    .redirectError(complaints.toFile())
                    .start();
            bash.waitFor();
            assertThat(complaints).isEmptyFile();
            return Files.readAllLines(offered);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private ProcessBuilder shell(final String... command) {
        final Path home = new Installation(data).home();
        final ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .put("SCRIPT", home.resolve("completion/tendon.bash").toString());
        builder.environment().put("BIN", home.resolve("bin").toString());
        builder.environment().put("TENDON_DATA", data.toString());
        builder.environment().put("TERM", "dumb");
        return builder;
    }
}
