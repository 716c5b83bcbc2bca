package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A robot that was launched, with its real processes, under a name of its own. */
final class Robot implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

    private final String name;
    private final Path data;
    private final Path output;
    private final Path report;
    private final Process process;

    private Robot(final String name, final Path data, final Path output, final Path report, final Process process) {
        this.name = name;
        this.data = data;
        this.output = output;
        this.report = report;
        this.process = process;
    }

    /** Launches and waits until the arm is in control's hands. */
    static Robot launch(final Installation installation, final String name, final String... arguments) {
        final Path output = installation.data().resolve(name + ".out");
        final Path report = installation.data().resolve(name + ".json");
        final List<String> all = new ArrayList<>(List.of("--name", name, "--report", report.toString()));
        all.addAll(List.of(arguments));
        final Process process = installation.start(output, "launch-all", all.toArray(String[]::new));
        final Robot robot = new Robot(name, installation.data(), output, report, process);
        await().atMost(START_TIMEOUT).until(() -> robot.output().contains("session ") || !process.isAlive());
        assertThat(process.isAlive()).as(robot.output()).isTrue();
        return robot;
    }

    /** Name under which it runs. */
    String name() {
        return name;
    }

    /** What the launcher has printed. */
    String output() {
        try {
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the launcher has printed, and what a node has, once the robot has ended. */
    String outputAndLog(final String node) {
        try {
            final Path log = data.resolve("sessions")
                    .resolve(report().text("session"))
                    .resolve("logs")
                    .resolve(node + ".log");
            return output() + '\n' + log + ":\n" + Files.readString(log);
        } catch (final IOException e) {
            return output() + '\n' + e;
        }
    }

    /** Sends Ctrl-C's signal to the launcher. */
    void interrupt() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills the launcher, and nobody else. */
    void kill() {
        process.destroyForcibly();
    }

    /** Waits for the launcher's end. */
    int awaitExit() {
        try {
            assertThat(process.waitFor(150, TimeUnit.SECONDS)).as(output()).isTrue();
            return process.exitValue();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The report that it wrote. */
    Json report() {
        try {
            return Json.parse(Files.readString(report));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroy();
            awaitExit();
        }
    }
}
