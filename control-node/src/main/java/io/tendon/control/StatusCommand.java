package io.tendon.control;

import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.LiveNode;
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
    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(names = "--json", description = "One JSON object on stdout.")
    private boolean isJson;

    @Override
    public Integer call() {
        try (LiveNode control = LiveNode.open(RuntimeDirectory.of(options.name()), NodeId.CONTROL)) {
            System.out.println(isJson ? json(control) : text(control));
        }
        return NodeCommand.EXIT_OK;
    }

    private static String json(final LiveNode control) {
        return String.format(
                Locale.ROOT,
                "{\"session\":\"%s\",\"control\":{\"safetyState\":\"%s\",\"pid\":%d,\"realTime\":%s,\"scheduled\":%d,"
                        + "\"executed\":%d,\"missed\":%d,\"successRate\":%.6f,\"latenessUs\":{\"p50\":%.1f,"
                        + "\"p99\":%.1f,\"p999\":%.1f,\"max\":%.1f},\"limitsHit\":%d,\"setpointsRejected\":%d,"
                        + "\"errors\":%d}}",
                control.session().sessionName(),
                state(control),
                control.count(BusCounter.PID),
                control.count(BusCounter.REAL_TIME) == 1,
                control.count(BusCounter.CYCLES_SCHEDULED),
                control.count(BusCounter.CYCLES_EXECUTED),
                control.count(BusCounter.CYCLES_MISSED),
                successRate(control),
                control.micros(BusCounter.LATENESS_P50_NS),
                control.micros(BusCounter.LATENESS_P99_NS),
                control.micros(BusCounter.LATENESS_P999_NS),
                control.micros(BusCounter.LATENESS_MAX_NS),
                control.count(BusCounter.LIMITS_HIT),
                control.count(BusCounter.SETPOINTS_REJECTED),
                control.count(BusCounter.ERRORS));
    }

    private static String text(final LiveNode control) {
        return String.format(
                Locale.ROOT,
                "session   %s%ncontrol   %s, pid %d%ncycles    %d scheduled, %d executed, %d missed, success rate %.4f%n"
                        + "lateness  p50 %.0f us, p99 %.0f us, p99.9 %.0f us, max %.0f us%n"
                        + "limits    hit in %d cycles; %d set-points rejected; %d errors",
                control.session().sessionName(),
                state(control),
                control.count(BusCounter.PID),
                control.count(BusCounter.CYCLES_SCHEDULED),
                control.count(BusCounter.CYCLES_EXECUTED),
                control.count(BusCounter.CYCLES_MISSED),
                successRate(control),
                control.micros(BusCounter.LATENESS_P50_NS),
                control.micros(BusCounter.LATENESS_P99_NS),
                control.micros(BusCounter.LATENESS_P999_NS),
                control.micros(BusCounter.LATENESS_MAX_NS),
                control.count(BusCounter.LIMITS_HIT),
                control.count(BusCounter.SETPOINTS_REJECTED),
                control.count(BusCounter.ERRORS));
    }

    private static SafetyState state(final LiveNode control) {
        return SafetyState.get((short) control.count(BusCounter.SAFETY_STATE));
    }

    private static double successRate(final LiveNode control) {
        final long scheduled = control.count(BusCounter.CYCLES_SCHEDULED);
        return scheduled == 0 ? 1 : (double) control.count(BusCounter.CYCLES_EXECUTED) / scheduled;
    }
}
