package io.tendon.sessionlog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own with the classes of the test that starts it: one that can be killed. */
public final class TestJvm {
    private TestJvm() {}

    /**
     * The command, on the JDK that runs the test.
     *
     * @param options of the JVM, beside what Agrona must be allowed.
     * @param main class to run.
     * @param arguments of it.
     * @return to be started; what it says can be read.
     */
    public static ProcessBuilder command(final List<String> options, final Class<?> main, final String... arguments) {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.util.zip=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
