package io.tendon.control;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.LiveNode;
import io.tendon.bus.counter.StreamLedger;
import io.tendon.bus.cycle.MissCause;
import io.tendon.bus.cycle.RealTimeOutcome;
import io.tendon.bus.cycle.RealTimeRight;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how control is, from the counters in shared memory alone: control does not notice. */
@Command(
        name = "status",
        description = "Says how control is, without disturbing it; exit code 1 when it does not run.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final List<StreamDescriptor> STREAMS =
            List.of(StreamCatalog.CONTROL_STATE, StreamCatalog.CONTROL_EVENT, StreamCatalog.FUSION_SETPOINT);

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
                "{\"session\":\"%s\",\"control\":{\"safetyState\":\"%s\",\"pid\":%d,\"realTime\":%s,"
                        + "\"realTimeMissing\":[%s],\"scheduled\":%d,"
                        + "\"executed\":%d,\"missed\":%d,\"missedBy\":{\"lateWakeUp\":%d,\"longCycle\":%d,"
                        + "\"hardware\":%d},\"successRate\":%.6f,\"latenessUs\":{\"p50\":%.1f,"
                        + "\"p99\":%.1f,\"p999\":%.1f,\"max\":%.1f},\"limitsHit\":%d,\"setpointsRejected\":%d,"
                        + "\"errors\":%d,%s},\"losses\":[%s]}",
                control.session().sessionName(),
                state(control),
                control.count(BusCounter.PID),
                control.count(BusCounter.REAL_TIME) == RealTimeOutcome.ALL_GIVEN,
                missing(control).stream()
                        .map(right -> '"' + right.name().toLowerCase(Locale.ROOT) + '"')
                        .collect(Collectors.joining(",")),
                control.count(BusCounter.CYCLES_SCHEDULED),
                control.count(BusCounter.CYCLES_EXECUTED),
                control.count(BusCounter.CYCLES_MISSED),
                control.count(MissCause.LATE_WAKE_UP.counter()),
                control.count(MissCause.LONG_CYCLE.counter()),
                control.count(MissCause.HARDWARE.counter()),
                successRate(control),
                control.micros(BusCounter.LATENESS_P50_NS),
                control.micros(BusCounter.LATENESS_P99_NS),
                control.micros(BusCounter.LATENESS_P999_NS),
                control.micros(BusCounter.LATENESS_MAX_NS),
                control.count(BusCounter.LIMITS_HIT),
                control.count(BusCounter.SETPOINTS_REJECTED),
                control.count(BusCounter.ERRORS),
                AnomalyStatus.json(control),
                STREAMS.stream().map(control::ledger).map(StatusCommand::json).collect(Collectors.joining(",")));
    }

    private static String json(final StreamLedger ledger) {
        return String.format(
                Locale.ROOT,
                "{\"name\":\"%s\",\"sent\":%d,\"refused\":%d,\"refusedBy\":{%s},\"disagreements\":[%s]}",
                ledger.stream().name(),
                ledger.sent(),
                ledger.refused(),
                StreamLedger.REASONS.stream()
                        .map(reason -> '"' + StreamLedger.text(reason) + "\":" + ledger.refused(reason))
                        .collect(Collectors.joining(",")),
                ledger.disagreements().stream().map(line -> '"' + line + '"').collect(Collectors.joining(",")));
    }

    private static String text(final LiveNode control) {
        return String.format(
                Locale.ROOT,
                "session   %s%ncontrol   %s, pid %d%ncycles    %d scheduled, %d executed, %d missed, success rate %.4f%n"
                        + "missed    by late wake-up %d, long cycle %d, hardware %d%n"
                        + "lateness  p50 %.0f us, p99 %.0f us, p99.9 %.0f us, max %.0f us%n"
                        + "real time %s%n"
                        + "limits    hit in %d cycles; %d set-points rejected; %d errors%n"
                        + "anomalies %s%s",
                control.session().sessionName(),
                state(control),
                control.count(BusCounter.PID),
                control.count(BusCounter.CYCLES_SCHEDULED),
                control.count(BusCounter.CYCLES_EXECUTED),
                control.count(BusCounter.CYCLES_MISSED),
                successRate(control),
                control.count(MissCause.LATE_WAKE_UP.counter()),
                control.count(MissCause.LONG_CYCLE.counter()),
                control.count(MissCause.HARDWARE.counter()),
                control.micros(BusCounter.LATENESS_P50_NS),
                control.micros(BusCounter.LATENESS_P99_NS),
                control.micros(BusCounter.LATENESS_P999_NS),
                control.micros(BusCounter.LATENESS_MAX_NS),
                realTime(control),
                control.count(BusCounter.LIMITS_HIT),
                control.count(BusCounter.SETPOINTS_REJECTED),
                control.count(BusCounter.ERRORS),
                AnomalyStatus.text(control),
                STREAMS.stream().map(control::ledger).map(StatusCommand::text).collect(Collectors.joining()));
    }

    private static String text(final StreamLedger ledger) {
        final StringBuilder lines = new StringBuilder(String.format(
                Locale.ROOT, "%n%-9s %d sent, %d refused", ledger.stream().name(), ledger.sent(), ledger.refused()));
        if (ledger.refused() > 0) {
            lines.append(" (").append(ledger.reasons()).append(')');
        }
        ledger.disagreements().forEach(line -> lines.append(String.format("%nlosses do not add up: %s", line)));
        return lines.toString();
    }

    private static String realTime(final LiveNode control) {
        return switch ((int) control.count(BusCounter.REAL_TIME)) {
            case RealTimeOutcome.NOT_ASKED -> "not asked for";
            case RealTimeOutcome.ALL_GIVEN -> "yes";
            default ->
                "not given: "
                        + missing(control).stream().map(RealTimeRight::words).collect(Collectors.joining(", "))
                        + "; see control-node doctor";
        };
    }

    private static List<RealTimeRight> missing(final LiveNode control) {
        return RealTimeRight.of(control.count(BusCounter.REAL_TIME_MISSING));
    }

    private static SafetyState state(final LiveNode control) {
        return SafetyState.get((short) control.count(BusCounter.SAFETY_STATE));
    }

    private static double successRate(final LiveNode control) {
        final long scheduled = control.count(BusCounter.CYCLES_SCHEDULED);
        return scheduled == 0 ? 1 : (double) control.count(BusCounter.CYCLES_EXECUTED) / scheduled;
    }
}
