package io.tendon.persistence.session;

import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The robots of this user on this machine, and which sessions they run. Any thread. */
public final class SessionRobots {
    private SessionRobots() {}

    /**
     * Robots that run, or have run since the machine was started.
     *
     * @return by name.
     * @throws IOException when the directory of all robots cannot be read.
     */
    public static List<RuntimeDirectory> ofThisUser() throws IOException {
        final Path example = RuntimeDirectory.of("x").directory();
        final String prefix = String.valueOf(example.getFileName());
        final String own = prefix.substring(0, prefix.length() - 1);
        final Path root = example.resolveSibling("");
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory)
                    .map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.startsWith(own) && name.length() > own.length())
                    .sorted()
                    .map(name -> RuntimeDirectory.of(name.substring(own.length())))
                    .toList();
        }
    }

    /**
     * Sessions whose media driver lives: they are recorded, or may be again at any moment.
     *
     * @return their names.
     * @throws IOException when the directory of all robots cannot be read.
     */
    public static Set<String> liveSessions() throws IOException {
        return ofThisUser().stream()
                .flatMap(robot -> SessionAnchor.readLive(robot.sessionFile()).stream())
                .map(SessionAnchor::sessionName)
                .collect(Collectors.toSet());
    }
}
