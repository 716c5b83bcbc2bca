package io.tendon.deploy.panel;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;

/** How a command of the installation is typed here. Pure. */
public final class CommandPath {
    private CommandPath() {}

    /**
     * The shortest of name, path from here, and whole path that runs it.
     *
     * @param command of the installation, absolute.
     * @param here where the person is, absolute.
     * @param searchPath directories that the shell looks through, as in {@code PATH}.
     * @return what to type.
     */
    public static String typed(final Path command, final Path here, final String searchPath) {
        final Path directory = command.getParent();
        final boolean isFound = Arrays.stream(searchPath.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> Path.of(entry).equals(directory));
        if (isFound) {
            return String.valueOf(command.getFileName());
        }
        final Path typed = command.startsWith(here) ? here.relativize(command) : command;
        return typed.getNameCount() == 1 ? "./" + typed : typed.toString();
    }
}
