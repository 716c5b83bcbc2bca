package io.tendon.certify.fault;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;

/**
 * Another JVM of this user, attached to as jcmd does. One owner thread after it was made.
 *
 * <p>The JDK has no public method for a diagnostic command; the one that jcmd calls is in {@code sun.tools.attach}, which
 * cannot be named in code compiled with {@code --release}, hence the look-up. It needs {@code --add-exports
 * jdk.attach/sun.tools.attach=ALL-UNNAMED}, which the start script gives.
 */
final class AttachedJvm implements AutoCloseable {
    private final VirtualMachine machine;

    private AttachedJvm(final VirtualMachine machine) {
        this.machine = machine;
    }

    static AttachedJvm attach(final long pid) {
        try {
            return new AttachedJvm(VirtualMachine.attach(Long.toString(pid)));
        } catch (final AttachNotSupportedException | IOException e) {
            throw new CommandFailure(
                    "JVM " + pid + ": cannot be attached to (" + e.getMessage()
                            + "); this command must be the robot's user's, on a JDK",
                    NodeCommand.EXIT_USAGE);
        } catch (final LinkageError e) {
            throw new CommandFailure(
                    "module jdk.attach is not there (" + e.getMessage() + "); Java must be a whole JDK",
                    NodeCommand.EXIT_USAGE);
        }
    }

    /** Runs a diagnostic command, to its end. */
    void runCommand(final String command) {
        try (InputStream answer = (InputStream)
                machine.getClass().getMethod("executeJCmd", String.class).invoke(machine, command)) {
            answer.readAllBytes();
        } catch (final ReflectiveOperationException | IOException e) {
            final Throwable cause = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
            throw new CommandFailure(
                    command + " in JVM " + machine.id() + ": " + cause
                            + "; must live, and this command needs --add-exports"
                            + " jdk.attach/sun.tools.attach=ALL-UNNAMED, which tendon-inject gives",
                    NodeCommand.EXIT_USAGE);
        }
    }

    @Override
    public void close() {
        try {
            machine.detach();
        } catch (final IOException e) {
            // The other JVM is gone, and the connection with it.
            return;
        }
    }
}
