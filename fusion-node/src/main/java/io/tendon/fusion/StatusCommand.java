package io.tendon.fusion;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.LiveNode;
import io.tendon.bus.cycle.MissCause;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.TaskStep;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads the running node's counters from shared memory; no node notices. */
@Command(
        name = "status",
        description = "Shows the running node's counters: loop, streams, task, model.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final List<StreamDescriptor> WRITTEN = List.of(
            StreamCatalog.FUSION_SETPOINT,
            StreamCatalog.FUSION_STATE,
            StreamCatalog.FUSION_EVENT,
            StreamCatalog.FUSION_INFERENCE);

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(names = "--json", description = "One JSON object instead of text.")
    private boolean isJson;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (LiveNode fusion = LiveNode.open(RuntimeDirectory.of(options.name()), NodeId.FUSION)) {
            spec.commandLine().getOut().println(isJson ? json(fusion) : text(fusion));
            spec.commandLine().getOut().flush();
        }
        return NodeCommand.EXIT_OK;
    }

    private static String text(final LiveNode fusion) {
        final StringBuilder out = new StringBuilder(512);
        out.append(String.format(
                Locale.ROOT,
                "windows %d executed, %d missed (late wake-up %d, long cycle %d), %d incomplete; lateness p99 %.0f us, max %.0f us%n",
                fusion.count(BusCounter.CYCLES_EXECUTED),
                fusion.count(BusCounter.CYCLES_MISSED),
                fusion.count(MissCause.LATE_WAKE_UP.counter()),
                fusion.count(MissCause.LONG_CYCLE.counter()),
                fusion.count(BusCounter.WINDOWS_INCOMPLETE),
                fusion.micros(BusCounter.LATENESS_P99_NS),
                fusion.micros(BusCounter.LATENESS_MAX_NS)));
        out.append(String.format(
                Locale.ROOT,
                "control.state %d received, %d lost%n",
                fusion.count(BusCounter.RECEIVED, StreamCatalog.CONTROL_STATE),
                fusion.count(BusCounter.GAPS, StreamCatalog.CONTROL_STATE)));
        for (final StreamDescriptor stream : WRITTEN) {
            out.append(String.format(
                    Locale.ROOT,
                    "%s %d sent, %d refused%n",
                    stream.name(),
                    fusion.count(BusCounter.SENT, stream),
                    fusion.count(BusCounter.REFUSED, stream)));
        }
        out.append(String.format(
                Locale.ROOT,
                "task %s: %d completed, %d failed",
                step(fusion),
                fusion.count(BusCounter.TASKS_COMPLETED),
                fusion.count(BusCounter.TASKS_FAILED)));
        out.append(ModelStatus.text(fusion));
        return out.toString();
    }

    private static String json(final LiveNode fusion) {
        final StringBuilder out = new StringBuilder(512);
        out.append(String.format(
                Locale.ROOT,
                "{\"fusion\":{\"scheduled\":%d,\"executed\":%d,\"missed\":%d,"
                        + "\"missedBy\":{\"lateWakeUp\":%d,\"longCycle\":%d},\"successRate\":%.6f,"
                        + "\"windowsIncomplete\":%d,"
                        + "\"latenessUs\":{\"p50\":%.1f,\"p99\":%.1f,\"p999\":%.1f,\"max\":%.1f}},\"streams\":[",
                fusion.count(BusCounter.CYCLES_SCHEDULED),
                fusion.count(BusCounter.CYCLES_EXECUTED),
                fusion.count(BusCounter.CYCLES_MISSED),
                fusion.count(MissCause.LATE_WAKE_UP.counter()),
                fusion.count(MissCause.LONG_CYCLE.counter()),
                fusion.count(BusCounter.SUCCESS_RATE_PPM) / 1e6,
                fusion.count(BusCounter.WINDOWS_INCOMPLETE),
                fusion.micros(BusCounter.LATENESS_P50_NS),
                fusion.micros(BusCounter.LATENESS_P99_NS),
                fusion.micros(BusCounter.LATENESS_P999_NS),
                fusion.micros(BusCounter.LATENESS_MAX_NS)));
        for (final StreamDescriptor stream : WRITTEN) {
            out.append(String.format(
                    Locale.ROOT,
                    "{\"name\":\"%s\",\"sent\":%d,\"refused\":%d},",
                    stream.name(),
                    fusion.count(BusCounter.SENT, stream),
                    fusion.count(BusCounter.REFUSED, stream)));
        }
        out.append(String.format(
                Locale.ROOT,
                "{\"name\":\"control.state\",\"readers\":[{\"name\":\"fusion\",\"received\":%d,\"gaps\":%d}]}],"
                        + "\"task\":{\"step\":\"%s\",\"completed\":%d,\"failed\":%d},",
                fusion.count(BusCounter.RECEIVED, StreamCatalog.CONTROL_STATE),
                fusion.count(BusCounter.GAPS, StreamCatalog.CONTROL_STATE),
                step(fusion),
                fusion.count(BusCounter.TASKS_COMPLETED),
                fusion.count(BusCounter.TASKS_FAILED)));
        out.append("\"model\":").append(ModelStatus.json(fusion)).append('}');
        return out.toString();
    }

    private static TaskStep step(final LiveNode fusion) {
        return TaskStep.get((short) fusion.count(BusCounter.TASK_STEP));
    }
}
