package io.tendon.store.state;

import io.tendon.bus.signal.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of its own that opens the state, says so, and writes into it what nobody said until it is killed, or asked to
 * stop: then it closes in order.
 */
final class KilledWriter {
    /** What it prints once it has written everything a first time, and goes on. */
    static final String READY = "writing";

    /** What it puts last when it is asked to stop. */
    static final String LAST_KEY = "never-said/last";

    private static final long LAST_WORK_NS = 500_000_000L;

    private KilledWriter() {}

    /**
     * Writes until it is killed or stopped.
     *
     * @param args data directory, entries and content bytes of the map.
     */
    public static void main(final String[] args) {
        final Path data = Path.of(args[0]);
        final StateLimits limits = new StateLimits(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        try (StopSignal stop = new StopSignal();
                StateStore store = StateStore.open(data, limits, notice -> {})) {
            stop.exitCode(0);
            write(store, data, stop);
        }
    }

    private static void write(final StateStore store, final Path data, final StopSignal stop) {
        new StateCatchUp(store, data, notice -> {}).run(session -> true, () -> false);
        final List<StateValue> values = store.list("");
        for (long later = 1; !stop.isStopped(); later++) {
            for (final StateValue value : values) {
                store.put(new StateValue(
                        value.key(),
                        value.session(),
                        value.streamId(),
                        value.sessionId(),
                        value.position() + 1,
                        value.captureTimeNs() + later,
                        !value.isRemoved(),
                        value.message()));
                store.put(new StateValue(
                        new StateKey("never-said/" + later % 16),
                        value.session(),
                        value.streamId(),
                        value.sessionId(),
                        value.position(),
                        value.captureTimeNs() + later,
                        false,
                        value.message()));
            }
            if (later == 1) {
                System.out.println(READY);
            }
        }
        // Long enough for whatever else ends with the process to have ended, such as what a library closes by itself.
        LockSupport.parkNanos(LAST_WORK_NS);
        final StateValue value = values.get(0);
        store.put(new StateValue(
                new StateKey(LAST_KEY),
                value.session(),
                value.streamId(),
                value.sessionId(),
                value.position(),
                value.captureTimeNs(),
                false,
                value.message()));
    }
}
