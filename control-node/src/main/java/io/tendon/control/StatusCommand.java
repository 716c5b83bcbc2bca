package io.tendon.control;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how control is, from the counters in shared memory alone: control does not notice. */
@Command(
        name = "status",
        description = "Says how control is, without disturbing it; exit code 1 when it does not run.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final long ABSENT = -1;
    private static final long HEARTBEAT_TIMEOUT_MS = 2_000;

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean isJson;

    @Override
    public Integer call() {
        final RuntimeDirectory directory = RuntimeDirectory.of(options.name());
        final SessionAnchor session = SessionAnchor.readLive(directory.sessionFile())
                .orElseThrow(() -> new CommandFailure(directory.notRunningMessage()));
        try (CounterView counters = CounterView.open(directory)) {
            final long heartbeatMs = counters.node(BusCounter.HEARTBEAT_MS, NodeId.CONTROL, ABSENT);
            final long ageMs = session.clock().time() - heartbeatMs;
            if (heartbeatMs == ABSENT || ageMs > HEARTBEAT_TIMEOUT_MS) {
                throw new CommandFailure("control: no heartbeat "
                        + (heartbeatMs == ABSENT ? "yet" : "for " + ageMs + "ms")
                        + ", must come every 100ms; start control-node run");
            }
            System.out.println(isJson ? json(session, counters) : text(session, counters));
        }
        return NodeCommand.EXIT_OK;
    }

    private static String json(final SessionAnchor session, final CounterView counters) {
        return String.format(
                Locale.ROOT,
                "{\"session\":\"%s\",\"control\":{\"safetyState\":\"%s\",\"pid\":%d,\"realTime\":%s,\"scheduled\":%d,"
                        + "\"executed\":%d,\"missed\":%d,\"successRate\":%.6f,\"latenessUs\":{\"p50\":%.1f,"
                        + "\"p99\":%.1f,\"p999\":%.1f,\"max\":%.1f},\"limitsHit\":%d,\"setpointsRejected\":%d,"
                        + "\"errors\":%d}}",
                session.sessionName(),
                state(counters),
                control(counters, BusCounter.PID),
                control(counters, BusCounter.REAL_TIME) == 1,
                control(counters, BusCounter.CYCLES_SCHEDULED),
                control(counters, BusCounter.CYCLES_EXECUTED),
                control(counters, BusCounter.CYCLES_MISSED),
                successRate(counters),
                micros(counters, BusCounter.LATENESS_P50_NS),
                micros(counters, BusCounter.LATENESS_P99_NS),
                micros(counters, BusCounter.LATENESS_P999_NS),
                micros(counters, BusCounter.LATENESS_MAX_NS),
                control(counters, BusCounter.LIMITS_HIT),
                control(counters, BusCounter.SETPOINTS_REJECTED),
                control(counters, BusCounter.ERRORS));
    }

    private static String text(final SessionAnchor session, final CounterView counters) {
        return String.format(
                Locale.ROOT,
                "session   %s%ncontrol   %s, pid %d%ncycles    %d scheduled, %d executed, %d missed, success rate %.4f%n"
                        + "lateness  p50 %.0f us, p99 %.0f us, p99.9 %.0f us, max %.0f us%n"
                        + "limits    hit in %d cycles; %d set-points rejected; %d errors",
                session.sessionName(),
                state(counters),
                control(counters, BusCounter.PID),
                control(counters, BusCounter.CYCLES_SCHEDULED),
                control(counters, BusCounter.CYCLES_EXECUTED),
                control(counters, BusCounter.CYCLES_MISSED),
                successRate(counters),
                micros(counters, BusCounter.LATENESS_P50_NS),
                micros(counters, BusCounter.LATENESS_P99_NS),
                micros(counters, BusCounter.LATENESS_P999_NS),
                micros(counters, BusCounter.LATENESS_MAX_NS),
                control(counters, BusCounter.LIMITS_HIT),
                control(counters, BusCounter.SETPOINTS_REJECTED),
                control(counters, BusCounter.ERRORS));
    }

    private static SafetyState state(final CounterView counters) {
        return SafetyState.get((short) counters.node(BusCounter.SAFETY_STATE, NodeId.CONTROL, 0));
    }

    private static double successRate(final CounterView counters) {
        final long scheduled = control(counters, BusCounter.CYCLES_SCHEDULED);
        return scheduled == 0 ? 1 : (double) control(counters, BusCounter.CYCLES_EXECUTED) / scheduled;
    }

    private static double micros(final CounterView counters, final BusCounter counter) {
        return control(counters, counter) / 1e3;
    }

    private static long control(final CounterView counters, final BusCounter counter) {
        return counters.node(counter, NodeId.CONTROL, 0);
    }
}
