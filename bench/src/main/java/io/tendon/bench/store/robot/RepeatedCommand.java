package io.tendon.bench.store.robot;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.signal.ThreadEnd;
import io.tendon.certify.process.ChildProcess;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command again and again until {@link #finish}, which lets the last one come to its end, or {@link #close}, which ends
 * it: nothing of it goes on behind either. Owner: the main thread; the commands are waited for by a thread of its own.
 */
final class RepeatedCommand implements AutoCloseable {
    private static final long TIMEOUT_S = 900;

    private final Supplier<ChildProcess> command;
    // Written by the owner, read by the other thread.
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicBoolean isBrokenOff = new AtomicBoolean();
    // Written by the other thread, read by the owner.
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final Thread thread;

    RepeatedCommand(final String name, final Supplier<ChildProcess> command) {
        this.command = command;
        thread = new Thread(this::repeat, name);
        thread.start();
    }

    /** How often it came to its end. */
    int runs() {
        return runs.get();
    }

    /**
     * Waits for the last one.
     *
     * @throws CommandFailure when one of them failed, or the wait is interrupted: the last one goes on until it is closed then.
     */
    void finish() {
        isOver.set(true);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            throw new CommandFailure(thread.getName() + ": stopped before its end");
        }
        requireNoFailure();
    }

    /**
     * Ends the one that runs, if it was not waited for.
     *
     * @throws CommandFailure when one of them failed, and nobody was told yet.
     */
    @Override
    public void close() {
        isOver.set(true);
        if (thread.isAlive()) {
            isBrokenOff.set(true);
            thread.interrupt();
        }
        // It has a bound of its own, and a process that goes on behind costs whoever measures next.
        ThreadEnd.await(thread);
        requireNoFailure();
    }

    private void requireNoFailure() {
        final String text = failure.getAndSet(null);
        if (text != null) {
            throw new CommandFailure(thread.getName() + ": " + text);
        }
    }

    private void repeat() {
        boolean hasFailed = false;
        while (!isOver.get() && !hasFailed) {
            try (ChildProcess child = command.get()) {
                child.awaitSuccess(TIMEOUT_S);
                runs.incrementAndGet();
            } catch (final RuntimeException e) {
                hasFailed = true;
                if (!isBrokenOff.get()) {
                    failure.set(e instanceof CommandFailure ? e.getMessage() : e.toString());
                }
            }
        }
    }
}
