package io.tendon.certify.fault;

import com.sun.jna.LastErrorException;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.counter.NodeNames;
import io.tendon.schemas.NodeId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One process of the robot is killed (SIGKILL), as the kernel does when memory runs out. Whoever supervises the robot starts
 * it again; ending the fault does nothing.
 */
public final class ProcessKill implements Fault {
    private final NodeId node;
    // Set by the owner; read by whoever asks what was done.
    private volatile List<String> account = List.of();

    /**
     * Kills nobody yet.
     *
     * @param node whose process it will be; DRIVER is the media driver.
     */
    public ProcessKill(final NodeId node) {
        this.node = node;
    }

    @Override
    public Optional<NodeId> victim() {
        return Optional.of(node);
    }

    @Override
    public String name() {
        return NodeNames.of(node) + "-kill";
    }

    @Override
    public String description() {
        return "kill -9 of the process of " + NodeNames.of(node) + "; the launcher starts it again";
    }

    @Override
    public Set<Rule> rules() {
        // A driver takes the logs with it, and what had not been read from them.
        return node == NodeId.DRIVER
                ? EnumSet.of(Rule.NOBODY_ELSE_DIED, Rule.RECOVERED)
                : EnumSet.of(
                        Rule.CONTROL_REFUSED_NOTHING,
                        Rule.FUSION_MISSED_NOTHING,
                        Rule.RECORDER_MISSED_NOTHING,
                        Rule.NOBODY_ELSE_DIED,
                        Rule.RECOVERED);
    }

    @Override
    public void check(final FaultTarget robot) {
        robot.pid(node);
    }

    @Override
    public void begin(final FaultTarget robot) {
        final long pid = robot.pid(node);
        try {
            LibC.kill((int) pid, LibC.SIGKILL);
        } catch (final LastErrorException e) {
            throw new CommandFailure(
                    "kill -9 of process " + pid + ": errno " + e.getErrorCode()
                            + "; the robot must be this user's, or run this command as root",
                    NodeCommand.EXIT_USAGE);
        }
        account = List.of("killed " + NodeNames.of(node) + ", process " + pid + ", with SIGKILL");
    }

    @Override
    public void end() {
        // A dead process stays dead.
    }

    @Override
    public List<String> account() {
        return account;
    }
}
