package io.tendon.certify.fault;

import io.tendon.bus.config.CommandFailure;
import io.tendon.schemas.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Something bad that happens to a robot from {@link #begin} until {@link #end}. What it did is told by {@link #account};
 * what came of it is for the measurer to find. A fault is used once.
 *
 * <p>One owner thread, which begins and ends it; {@link #end} may also come from another thread, and ends it for good:
 * the signal that stops the process must not leave a robot behind that is stopped or a disk that is full.
 */
public interface Fault extends AutoCloseable {
    /** Name as a person types it. */
    String name();

    /** What is done to whom, one line. */
    String description();

    /** What the robot has promised to keep while it is done, and after. */
    Set<Rule> rules();

    /**
     * Finds out whether it could be begun now, and does nothing.
     *
     * @param robot to do it to.
     * @throws CommandFailure with exit code 2, as {@link #begin} would.
     */
    void check(FaultTarget robot);

    /**
     * Begins; returns when the fault is in force.
     *
     * @param robot to do it to.
     * @throws CommandFailure with exit code 2 when the robot or the machine does not let it be done; then nothing has been done.
     */
    void begin(FaultTarget robot);

    /**
     * Ends it; returns when nothing of it is left but what it led to. Does nothing when it has ended, or never began.
     */
    void end();

    /** The node whose process it ends; empty when it ends none. */
    default Optional<NodeId> victim() {
        return Optional.empty();
    }

    /** Whether it has done so far what it is for; else it takes longer, or does not come about. */
    default boolean hasTakenEffect() {
        return true;
    }

    /** What was done so far, in lines for a person; empty before it began. */
    List<String> account();

    /** Ends it. */
    @Override
    default void close() {
        end();
    }
}
