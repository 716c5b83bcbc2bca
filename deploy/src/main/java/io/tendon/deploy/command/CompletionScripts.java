package io.tendon.deploy.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes the shell completion of all commands into one file, from their own model, so that it knows every option. Run by the
 * build, on one thread:
 *
 * <pre>
 *   functions of Picocli, once | those of dynamic-values.bash | per command: its functions, and `complete`
 * </pre>
 */
public final class CompletionScripts {
    /** Name of the file that is written. */
    public static final String FILE = "tendon.bash";

    private static final String FIRST_OF_COMMAND = "# Bash completion entry point function.";
    private static final String NO_VALUES = "      return\n";

    private CompletionScripts() {}

    /**
     * Writes {@value #FILE}.
     *
     * @param args the directory to write it to.
     * @throws IOException when it cannot be written.
     */
    public static void main(final String[] args) throws IOException {
        final Path directory = Files.createDirectories(Path.of(args[0]));
        Files.writeString(directory.resolve(FILE), script(CommandCatalog.all()));
    }

    /** The completion of these commands. */
    static String script(final List<ShippedCommand> commands) throws IOException {
        final StringBuilder script = new StringBuilder(100_000);
        for (final ShippedCommand command : commands) {
            final CommandLine commandLine = command.commandLine();
            lowerEnumValues(commandLine);
            final String generated = AutoComplete.bash(command.name(), commandLine);
            final int own = generated.indexOf(FIRST_OF_COMMAND);
            if (own < 0) {
                throw new IllegalStateException("Picocli writes its completion otherwise than it did: no line '"
                        + FIRST_OF_COMMAND + "'; adapt CompletionScripts");
            }
            if (script.isEmpty()) {
                script.append(generated, 0, own).append(dynamicValues());
            }
            script.append(completed(completed(generated.substring(own), "--session", "sessions"), "--name", "robots"));
            for (final String name : command.scripts()) {
                script.append(
                        String.format(Locale.ROOT, "%ncomplete -F _complete_%s -o default %s", command.name(), name));
            }
            script.append(System.lineSeparator());
        }
        return script.toString();
    }

    /** Lets a bash function say what values an option may have. */
    private static String completed(final String script, final String option, final String function) {
        final String head = "    '" + option + "')\n";
        return script.replace(
                head + NO_VALUES,
                head + "      COMPREPLY=( $(compgen -W \"$(_tendon_" + function + ")\" -- \"${curr_word}\") )\n"
                        + NO_VALUES);
    }

    /** Modes and kinds are typed in lower case, as {@code --help} writes them, and not like their constants. */
    private static void lowerEnumValues(final CommandLine commandLine) {
        final CommandSpec spec = commandLine.getCommandSpec();
        for (final OptionSpec option : List.copyOf(spec.options())) {
            if (option.type().isEnum()) {
                final List<String> values = new ArrayList<>();
                option.completionCandidates().forEach(value -> values.add(value.toLowerCase(Locale.ROOT)));
                spec.remove(option);
                spec.addOption(option.toBuilder().completionCandidates(values).build());
            }
        }
        commandLine.getSubcommands().values().forEach(CompletionScripts::lowerEnumValues);
    }

    private static String dynamicValues() throws IOException {
        try (InputStream file = CompletionScripts.class.getResourceAsStream("dynamic-values.bash")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
