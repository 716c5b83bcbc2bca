package io.tendon.deploy.it.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tendon.deploy.command.CommandCatalog;
import io.tendon.deploy.command.ShippedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** README.md's table "I want to…": every line of it is run, and every command stands in it. */
class ReadmeIT {
    private static final Path ROOT = Path.of("..");

    private static ReadmeTable table = new ReadmeTable(List.of());

    @TempDir
    private Path directory;

    @BeforeAll
    static void readTable() throws IOException {
        table = ReadmeTable.read(ROOT.resolve("README.md"));
    }

    @Test
    void shouldHaveAnExpectationOfEachRowAndEachOfItsCommands() {
        assertThat(table.rows().stream().map(ReadmeTable.Row::purpose))
                .as("rows of the table, each with its entry in RowExpectations")
                .containsExactlyElementsOf(RowExpectations.ALL.stream()
                        .map(RowExpectation::purpose)
                        .toList());
        for (int i = 0; i < table.rows().size(); i++) {
            final ReadmeTable.Row row = table.rows().get(i);
            assertThat(row.lines())
                    .as(row.purpose())
                    .hasSameSizeAs(RowExpectations.ALL.get(i).steps());
            assertThat(row.lines().size() + row.links().size())
                    .as(row.purpose())
                    .isPositive();
        }
    }

    @Test
    void shouldNameOnlyCommandsAndOptionsAndPagesThatExist() {
        for (final ReadmeTable.Row row : table.rows()) {
            for (final String line : row.lines()) {
                if (!line.startsWith("source ")) {
                    assertThat(command(line))
                            .as(line + ": a command that ships")
                            .isPresent();
                    assertThatCode(() -> parsed(line)).as(line).doesNotThrowAnyException();
                }
            }
            assertThat(row.links())
                    .as(row.purpose())
                    .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
        }
    }

    @Test
    void shouldNameEveryVerbOfEveryCommand() throws IOException {
        final Set<String> named = new TreeSet<>();
        for (final ReadmeTable.Row row : table.rows()) {
            row.lines().stream().filter(line -> command(line).isPresent()).forEach(line -> named.add(verb(line)));
        }
        final Set<String> existing = new TreeSet<>();
        CommandCatalog.all().forEach(command -> collectVerbs(command.commandLine(), command.name(), existing));

        // Nodes are run by launch-all, or by the systemd units that a row leads to.
        final String units = units();
        for (final String verb : existing) {
            if (verb.endsWith(" run")) {
                assertThat(units).contains("\nExecStart=/opt/tendon/bin/" + verb + " ");
                named.add(verb);
            }
        }
        assertThat(named).as("verbs that a row of README.md names").containsExactlyElementsOf(existing);
    }

    @Test
    void shouldDoWhatEachRowSays() throws Exception {
        new ReadmeWalk(table, directory).run();
    }

    private static String units() throws IOException {
        final StringBuilder units = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("src/main/systemd"))) {
            for (final Path file :
                    files.filter(file -> file.toString().endsWith(".service")).toList()) {
                units.append(Files.readString(file));
            }
        }
        return units.toString();
    }

    private static Optional<ShippedCommand> command(final String line) {
        final String word = line.split(" ")[0];
        return CommandCatalog.all().stream()
                .filter(command -> word.equals(command.name())
                        || command.scripts().stream().anyMatch(script -> word.equals("deploy/" + script)))
                .findFirst();
    }

    private static ParseResult parsed(final String line) {
        final List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.remove(0);
        return command(line).orElseThrow().commandLine().parseArgs(words.toArray(String[]::new));
    }

    private static String verb(final String line) {
        final StringBuilder verb = new StringBuilder(command(line).orElseThrow().name());
        ParseResult result = parsed(line);
        while (result.hasSubcommand()) {
            result = result.subcommand();
            verb.append(' ').append(result.commandSpec().name());
        }
        return verb.toString();
    }

    private static void collectVerbs(final CommandLine command, final String name, final Set<String> verbs) {
        if (command.getSubcommands().isEmpty()) {
            verbs.add(name);
        }
        command.getSubcommands().forEach((verb, subcommand) -> collectVerbs(subcommand, name + " " + verb, verbs));
    }
}
