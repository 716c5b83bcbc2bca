package io.tendon.fusion;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
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
        description = "Shows the running node's counters: loop, streams, task.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final List<StreamDescriptor> WRITTEN =
            List.of(StreamCatalog.FUSION_SETPOINT, StreamCatalog.FUSION_STATE, StreamCatalog.FUSION_EVENT);

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(names = "--json", description = "One JSON object instead of text.")
    private boolean isJson;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (CounterView counters = CounterView.open(RuntimeDirectory.of(options.name()))) {
            spec.commandLine().getOut().println(isJson ? json(counters) : text(counters));
            spec.commandLine().getOut().flush();
        }
        return NodeCommand.EXIT_OK;
    }

    private static String text(final CounterView counters) {
        final StringBuilder out = new StringBuilder(512);
        out.append(String.format(
                Locale.ROOT,
                "windows %d executed, %d missed, %d incomplete; lateness p99 %.0f us, max %.0f us%n",
                node(counters, BusCounter.CYCLES_EXECUTED),
                node(counters, BusCounter.CYCLES_MISSED),
                node(counters, BusCounter.WINDOWS_INCOMPLETE),
                microseconds(counters, BusCounter.LATENESS_P99_NS),
                microseconds(counters, BusCounter.LATENESS_MAX_NS)));
        out.append(String.format(
                Locale.ROOT,
                "control.state %d received, %d lost%n",
                counters.stream(BusCounter.RECEIVED, NodeId.FUSION, StreamCatalog.CONTROL_STATE, 0),
                counters.stream(BusCounter.GAPS, NodeId.FUSION, StreamCatalog.CONTROL_STATE, 0)));
        for (final StreamDescriptor stream : WRITTEN) {
            out.append(String.format(
                    Locale.ROOT,
                    "%s %d sent, %d refused%n",
                    stream.name(),
                    counters.stream(BusCounter.SENT, NodeId.FUSION, stream, 0),
                    counters.stream(BusCounter.REFUSED, NodeId.FUSION, stream, 0)));
        }
        out.append(String.format(
                Locale.ROOT,
                "task %s: %d completed, %d failed",
                step(counters),
                node(counters, BusCounter.TASKS_COMPLETED),
                node(counters, BusCounter.TASKS_FAILED)));
        return out.toString();
    }

    private static String json(final CounterView counters) {
        final StringBuilder out = new StringBuilder(512);
        out.append(String.format(
                Locale.ROOT,
                "{\"fusion\":{\"scheduled\":%d,\"executed\":%d,\"missed\":%d,\"successRate\":%.6f,"
                        + "\"windowsIncomplete\":%d,"
                        + "\"latenessUs\":{\"p50\":%.1f,\"p99\":%.1f,\"p999\":%.1f,\"max\":%.1f}},\"streams\":[",
                node(counters, BusCounter.CYCLES_SCHEDULED),
                node(counters, BusCounter.CYCLES_EXECUTED),
                node(counters, BusCounter.CYCLES_MISSED),
                node(counters, BusCounter.SUCCESS_RATE_PPM) / 1e6,
                node(counters, BusCounter.WINDOWS_INCOMPLETE),
                microseconds(counters, BusCounter.LATENESS_P50_NS),
                microseconds(counters, BusCounter.LATENESS_P99_NS),
                microseconds(counters, BusCounter.LATENESS_P999_NS),
                microseconds(counters, BusCounter.LATENESS_MAX_NS)));
        for (final StreamDescriptor stream : WRITTEN) {
            out.append(String.format(
                    Locale.ROOT,
                    "{\"name\":\"%s\",\"sent\":%d,\"refused\":%d},",
                    stream.name(),
                    counters.stream(BusCounter.SENT, NodeId.FUSION, stream, 0),
                    counters.stream(BusCounter.REFUSED, NodeId.FUSION, stream, 0)));
        }
        out.append(String.format(
                Locale.ROOT,
                "{\"name\":\"control.state\",\"readers\":[{\"name\":\"fusion\",\"received\":%d,\"gaps\":%d}]}],"
                        + "\"task\":{\"step\":\"%s\",\"completed\":%d,\"failed\":%d}}",
                counters.stream(BusCounter.RECEIVED, NodeId.FUSION, StreamCatalog.CONTROL_STATE, 0),
                counters.stream(BusCounter.GAPS, NodeId.FUSION, StreamCatalog.CONTROL_STATE, 0),
                step(counters),
                node(counters, BusCounter.TASKS_COMPLETED),
                node(counters, BusCounter.TASKS_FAILED)));
        return out.toString();
    }

    private static TaskStep step(final CounterView counters) {
        return TaskStep.get((short) node(counters, BusCounter.TASK_STEP));
    }

    private static double microseconds(final CounterView counters, final BusCounter counter) {
        return node(counters, counter) / 1e3;
    }

    private static long node(final CounterView counters, final BusCounter counter) {
        return counters.node(counter, NodeId.FUSION, 0);
    }
}
