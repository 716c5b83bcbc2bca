package io.tendon.certify.fault;

import com.sun.jna.LastErrorException;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.counter.NodeNames;
import io.tendon.schemas.NodeId;
import java.io.File;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One process of the robot stands still (SIGSTOP) until the fault ends (SIGCONT), all threads of it, as under a debugger or
 * a stalled hypervisor. A child process waits beside us: when we die, however, it lets the stopped process go on.
 */
public final class ProcessStop implements Fault {
    private static final double NS_PER_S = 1e9;

    private final NodeId node;
    private @Nullable Process guard;
    private long pid = -1;
    private long stoppedAtNs;
    private List<String> account = List.of();

    /**
     * Stops nobody yet.
     *
     * @param node whose process it will be.
     */
    public ProcessStop(final NodeId node) {
        this.node = node;
    }

    @Override
    public String name() {
        return NodeNames.of(node) + "-stop";
    }

    @Override
    public String description() {
        return "SIGSTOP of the process of " + NodeNames.of(node) + ", SIGCONT at the end";
    }

    @Override
    public Set<Rule> rules() {
        return node == NodeId.PERSISTENCE
                ? EnumSet.of(
                        Rule.CONTROL_REFUSED_NOTHING, Rule.FUSION_MISSED_NOTHING, Rule.NOBODY_ELSE_DIED, Rule.RECOVERED)
                : EnumSet.of(Rule.CONTROL_REFUSED_NOTHING, Rule.NOBODY_ELSE_DIED, Rule.RECOVERED);
    }

    @Override
    public void check(final FaultTarget robot) {
        robot.pid(node);
    }

    @Override
    public synchronized void begin(final FaultTarget robot) {
        pid = robot.pid(node);
        startGuard();
        try {
            LibC.kill((int) pid, LibC.SIGSTOP);
        } catch (final LastErrorException e) {
            endGuard();
            throw new CommandFailure(
                    "SIGSTOP of process " + pid + ": errno " + e.getErrorCode()
                            + "; the robot must be this user's, or run this command as root",
                    NodeCommand.EXIT_USAGE);
        }
        stoppedAtNs = System.nanoTime();
        account = List.of("stopped " + NodeNames.of(node) + ", process " + pid);
    }

    @Override
    public synchronized void end() {
        if (guard == null) {
            return;
        }
        try {
            LibC.kill((int) pid, LibC.SIGCONT);
            account = List.of(String.format(
                    Locale.ROOT,
                    "%s, process %d, stood still for %.3f s",
                    NodeNames.of(node),
                    pid,
                    (System.nanoTime() - stoppedAtNs) / NS_PER_S));
        } catch (final LastErrorException e) {
            account = List.of(NodeNames.of(node) + ", process " + pid + ", died while it stood still");
        }
        endGuard();
    }

    @Override
    public synchronized List<String> account() {
        return account;
    }

    /** Reads from us until we are gone; a signal to the terminal's processes does not reach it. */
    private void startGuard() {
        try {
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

    private void endGuard() {
        if (guard != null) {
            guard.destroyForcibly();
            guard = null;
        }
    }
}
