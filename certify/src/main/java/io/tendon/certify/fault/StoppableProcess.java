package io.tendon.certify.fault;

import com.sun.jna.LastErrorException;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import java.io.File;
import java.io.IOException;

/**
 * A process that can be made to stand still. A child process waits beside us: when we die, however, it lets the stopped process
 * go on. One owner at a time.
 */
final class StoppableProcess implements AutoCloseable {
    private final long pid;
    private final Process guard;

    /**
     * Does nothing to it yet.
     *
     * @param pid of the process.
     * @throws CommandFailure with exit code 2 when the child process cannot be started.
     */
    private StoppableProcess(final long pid) {
        this.pid = pid;
        try {
            // Reads from us until we are gone; a signal to the terminal's processes does not reach it.
            guard = new ProcessBuilder("sh", "-c", "trap '' INT QUIT TERM HUP; read -r line || kill -CONT " + pid)
                    .redirectOutput(new File("/dev/null"))
                    .redirectError(new File("/dev/null"))
                    .start();
        } catch (final IOException e) {
            throw new CommandFailure(
                    "sh: cannot be started (" + e.getMessage() + "), so nothing is stopped that nobody would wake",
                    NodeCommand.EXIT_USAGE);
        }
    }

    /**
     * Makes a process stand still.
     *
     * @param pid of the process.
     * @return the process, all of whose threads stand still.
     * @throws CommandFailure with exit code 2 when that is not allowed, or it is gone.
     */
    static StoppableProcess stopped(final long pid) {
        final StoppableProcess process = new StoppableProcess(pid);
        try {
            process.stop();
        } catch (final CommandFailure e) {
            process.close();
            throw e;
        }
        return process;
    }

    /** Its id. */
    long pid() {
        return pid;
    }

    /**
     * All of its threads stand still.
     *
     * @throws CommandFailure with exit code 2 when that is not allowed, or it is gone.
     */
    void stop() {
        try {
            LibC.kill((int) pid, LibC.SIGSTOP);
        } catch (final LastErrorException e) {
            throw new CommandFailure(
                    "SIGSTOP of process " + pid + ": errno " + e.getErrorCode()
                            + "; the robot must be this user's, or run this command as root",
                    NodeCommand.EXIT_USAGE);
        }
    }

    /** They go on; false when it is gone. */
    boolean goOn() {
        try {
            LibC.kill((int) pid, LibC.SIGCONT);
            return true;
        } catch (final LastErrorException e) {
            return false;
        }
    }

    /** Lets it go on, and ends the child process. */
    @Override
    public void close() {
        goOn();
        guard.destroyForcibly();
    }
}
