package io.tendon.deploy;

import io.tendon.bus.config.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A work cell for a robot that came without one: planned by fusion, which knows how to reach. */
final class CellPlan {
    private CellPlan() {}

    /**
     * Plans the cell.
     *
     * @param config with the robot; its runtime directory exists.
     * @return the file.
     * @throws CommandFailure when fusion refuses the robot, in fusion's words.
     */
    static Path make(final LaunchConfig config) {
        final Path file = config.runtime().directory().resolve("cell.properties");
        try {
            final Process planner = new ProcessBuilder(List.of(
                            config.command("fusion-node").toString(),
                            "plan-cell",
                            "--robot",
                            config.robot().toString(),
                            "--out",
                            file.toString()))
                    .redirectErrorStream(true)
                    .start();
            final String output = new String(
                            planner.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .strip();
            final int exitCode = planner.waitFor();
            if (exitCode != 0) {
                throw new CommandFailure(output, exitCode);
            }
            return file;
        } catch (final IOException e) {
            throw new CommandFailure(
                    "plan-cell: cannot be started (" + e.getMessage() + "); is the installation whole?");
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("plan-cell: interrupted");
        }
    }
}
