package io.tendon.certify.certificate;

import io.tendon.certify.measure.LoopAllocation;
import io.tendon.certify.measure.LoopAllocationNode;
import io.tendon.certify.measure.PublishCost;
import io.tendon.certify.measure.PublishCostNode;
import io.tendon.certify.process.ChildProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measurements in a process of their own that print what they found. Main thread. */
final class ChildMeasurements {
    private static final long TIMEOUT_S = 300;
    private static final int PAIRS = 9;
    private static final int TICKS = 2000;
    private static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx64m", "-XX:GuaranteedSafepointInterval=0");

    private final CertifyConfig config;

    ChildMeasurements(final CertifyConfig config) {
        this.config = config;
    }

    LoopAllocation allocation() {
        final ChildProcess process = run(
                LoopAllocationNode.class,
                List.of(
                        "--name",
                        config.name() + CertifyConfig.LOOP_SUFFIX,
                        "--robot",
                        config.home().resolve("config/robots/tendon6.urdf").toString()));
        final String[] values = process.printed("allocation ").split(" ", -1);
        return new LoopAllocation(
                Integer.parseInt(values[0]),
                Long.parseLong(values[1]),
                Long.parseLong(values[2]),
                Integer.parseInt(values[3]));
    }

    /**
     * What publishing costs, in a process of its own each time: where the JVM has put what, and which pages the system gave
     * it, is worth as much as what is measured.
     */
    PublishCost publishing() {
        final String name = config.name() + CertifyConfig.PUBLISH_SUFFIX;
        try (ChildProcess driver = node("bus-driver", name)) {
            final List<PublishCost.Pair> pairs = new ArrayList<>();
            for (int i = 0; i < PAIRS; i++) {
                pairs.addAll(pairs(publish(name, 1, List.of()), "pair "));
            }
            try (ChildProcess recorder = node("persistence-node", name)) {
                final ChildProcess process = publish(name, PAIRS, List.of("--block-recorder"));
                recorder.stop(60);
                driver.stop(60);
                return new PublishCost(pairs, pairs(process, "pair "), pairs(process, "stalled "));
            }
        }
    }

    private ChildProcess publish(final String name, final int pairs, final List<String> more) {
        final List<String> arguments = new ArrayList<>(List.of(
                "--name",
                name,
                "--data",
                config.data().toString(),
                "--pairs",
                Integer.toString(pairs),
                "--ticks",
                Integer.toString(TICKS),
                "--rt",
                config.rt().name().toLowerCase(Locale.ROOT),
                "--cpu",
                Integer.toString(config.cpu())));
        arguments.addAll(more);
        return run(PublishCostNode.class, arguments);
    }

    private ChildProcess node(final String command, final String name) {
        return ChildProcess.start(
                command,
                config.workDirectory().resolve(name + '-' + command + ".log"),
                List.of(
                        config.home().resolve("bin").resolve(command).toString(),
                        "run",
                        "--name",
                        name,
                        "--data",
                        config.data().toString()));
    }

    private ChildProcess run(final Class<?> main, final List<String> arguments) {
        final Path log = config.workDirectory().resolve(main.getSimpleName() + ".log");
        try (ChildProcess process = ChildProcess.startJava(main, log, FLAGS, arguments)) {
            process.awaitSuccess(TIMEOUT_S);
            return process;
        }
    }

    private static List<PublishCost.Pair> pairs(final ChildProcess process, final String key) {
        return process.log()
                .lines()
                .filter(line -> line.startsWith(key))
                .map(line -> PublishCost.Pair.ofLine(line.substring(key.length())))
                .toList();
    }
}
