package io.tendon.certify.fault;

import io.tendon.bus.counter.NodeNames;
import io.tendon.schemas.NodeId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One process of the robot stands still (SIGSTOP) until the fault ends (SIGCONT), all threads of it, as under a debugger or
 * a stalled hypervisor. When we die, however, it goes on ({@link StoppableProcess}).
 */
public final class ProcessStop implements Fault {
    private static final double NS_PER_S = 1e9;

    private final NodeId node;
    private @Nullable StoppableProcess process;
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
        final StoppableProcess begun = StoppableProcess.stopped(robot.pid(node));
        process = begun;
        stoppedAtNs = System.nanoTime();
        account = List.of("stopped " + NodeNames.of(node) + ", process " + begun.pid());
    }

    @Override
    public synchronized void end() {
        final StoppableProcess stopped = process;
        if (stopped == null) {
            return;
        }
        final String who = NodeNames.of(node) + ", process " + stopped.pid();
        account = List.of(
                stopped.goOn()
                        ? String.format(
                                Locale.ROOT,
                                "%s, stood still for %.3f s",
                                who,
                                (System.nanoTime() - stoppedAtNs) / NS_PER_S)
                        : who + ", died while it stood still");
        stopped.close();
        process = null;
    }

    @Override
    public synchronized List<String> account() {
        return account;
    }
}
