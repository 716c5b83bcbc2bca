package io.tendon.bench.store.robot;

import io.tendon.bus.config.CommandFailure;
import io.tendon.certify.process.ChildProcess;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command again and again until it is closed; the one that runs then ends by itself, so that nothing of it goes on
 * behind. Owner: the main thread; the commands are waited for by a thread of its own.
 */
final class RepeatedCommand implements AutoCloseable {
    private static final long TIMEOUT_S = 900;

    private final Supplier<ChildProcess> command;
    // Written by one of the threads, read by the other.
    private final AtomicBoolean isOver = new AtomicBoolean();
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

    /** Waits for the last one. */
    @Override
    public void close() {
        isOver.set(true);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            throw new CommandFailure(thread.getName() + ": stopped before its end");
        }
        if (failure.get() != null) {
            throw new CommandFailure(thread.getName() + ": " + failure.get());
        }
    }

    private void repeat() {
        while (!isOver.get() && failure.get() == null) {
            try (ChildProcess child = command.get()) {
                child.awaitSuccess(TIMEOUT_S);
                runs.incrementAndGet();
            } catch (final CommandFailure e) {
                failure.set(e.getMessage());
            }
        }
    }
}
