package io.tendon.deploy.command;

import java.util.List;
import picocli.CommandLine;

/**
 * A command of the distribution's {@code bin}.
 *
 * @param main class with the command's annotations.
 * @param scripts of a clone that pass their arguments on to it, such as launch-all.sh.
 */
public record ShippedCommand(Class<?> main, List<String> scripts) {
    /** Copies the list. */
    public ShippedCommand {
        scripts = List.copyOf(scripts);
    }

    static ShippedCommand of(final Class<?> main, final String... scripts) {
        return new ShippedCommand(main, List.of(scripts));
    }

    /** A new command line, unparsed, with its subcommands. */
    public CommandLine commandLine() {
        return new CommandLine(main).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Its name in {@code bin}. */
    public String name() {
        return commandLine().getCommandName();
    }
}
