package io.tendon.bench.run;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a run says while it measures, and where it learns that it is to stop: a stop interrupts the wait that it comes into, and
 * what computes without waiting asks here. Main thread.
 */
public final class Progress implements Consumer<String> {
    private final Consumer<String> lines;
    private final BooleanSupplier isStopped;

    /**
     * A run's.
     *
     * @param lines takes each line for the user.
     * @param isStopped whether the process was asked to stop.
     */
    public Progress(final Consumer<String> lines, final BooleanSupplier isStopped) {
        this.lines = lines;
        this.isStopped = isStopped;
    }

    /**
     * Says what comes next.
     *
     * @param line for the user.
     * @throws CommandFailure when the process was asked to stop: nothing comes next.
     */
    @Override
    public void accept(final String line) {
        requireWanted();
        lines.accept(line);
    }

    /**
     * Ends what goes on without a wait.
     *
     * @throws CommandFailure when the process was asked to stop.
     */
    public void requireWanted() {
        if (isStopped.getAsBoolean()) {
            throw new CommandFailure("stopped before the end; no results");
        }
    }

    /**
     * Tells why a part could not be measured, so that the others can be all the same; with its trace, when it says by itself
     * neither what to do nor where.
     *
     * @param e why.
     * @return why, in a line, for the results.
     * @throws CommandFailure when the process was asked to stop, which is why then.
     */
    public String failed(final Exception e) {
        requireWanted();
        if (e instanceof CommandFailure || e instanceof ConfigException) {
            lines.accept(String.valueOf(e.getMessage()));
            return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
        lines.accept("failed unexpectedly; please report it with what follows");
        final StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace, true));
        lines.accept(trace.toString().stripTrailing());
        return e.toString();
    }
}
