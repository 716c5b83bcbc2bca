package io.tendon.certify.certificate;

import io.tendon.bus.clock.BusClock;
import io.tendon.bus.cycle.TickLogView;
import io.tendon.certify.measure.PhaseFigures;
import io.tendon.certify.measure.Safepoints;
import io.tendon.certify.measure.TickComparison;
import io.tendon.certify.process.ChildProcess;
import io.tendon.certify.rig.SharedPoolRig;
import io.tendon.certify.witness.WitnessProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.IoUtil;

/**
 * The shared-pool design beside the witness.
 *
 * @param quiet while flushes took what the disk takes.
 * @param stalled while both flushes stalled once a second.
 * @param stalls that each flush took.
 * @param stalledS length of the stalled stretch.
 */
public record StoryBaseline(PhaseFigures quiet, PhaseFigures stalled, int stalls, double stalledS) {
    private static final long WARM_UP_NS = 10_000_000_000L;
    private static final int TICKS = CertifyConfig.LOG_TICKS / 10;
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xms128m", "-Xmx128m");

    /** Runs it. */
    static StoryBaseline run(final CertifyConfig config) {
        final BusClock clock = BusClock.anchoredNow();
        try (WitnessProcess witness = WitnessProcess.start(
                        "story-witness",
                        config.workDirectory(),
                        new WitnessProcess.Watch(clock, CertifyConfig.PERIOD_NS, TICKS, config.cpu(), config.rt()));
                ChildProcess rig = startRig(config, clock)) {
            witness.awaitTicking(clock);
            rig.awaitSuccess((WARM_UP_NS + 2 * config.phaseNs()) / 1_000_000_000L + 60);
            WitnessCheck.require(witness);
            return read(config, clock, rig, witness.tickLog());
        } finally {
            IoUtil.delete(storage(config).toFile(), true);
        }
    }

    private static ChildProcess startRig(final CertifyConfig config, final BusClock clock) {
        final Path storage = storage(config);
        Directories.make(storage);
        final List<String> flags = new ArrayList<>(FLAGS);
        flags.add("-Xlog:safepoint,handshake:file=" + safepointLog(config) + ":tn");
        return ChildProcess.startJava(
                SharedPoolRig.class,
                config.workDirectory().resolve("story.log"),
                flags,
                List.of(
                        "--file",
                        ticks(config).toString(),
                        "--storage",
                        storage.toString(),
                        "--anchor-epoch",
                        Long.toString(clock.anchorEpochNs()),
                        "--anchor-steady",
                        Long.toString(clock.anchorSteadyNs()),
                        "--period",
                        CertifyConfig.PERIOD_NS + "ns",
                        "--ticks",
                        Integer.toString(TICKS),
                        "--warm-up",
                        WARM_UP_NS + "ns",
                        "--quiet",
                        config.phaseNs() + "ns",
                        "--stalled",
                        config.phaseNs() + "ns",
                        "--stall",
                        config.stallNs() + "ns"));
    }

    private static StoryBaseline read(
            final CertifyConfig config, final BusClock clock, final ChildProcess rig, final Path witnessTicks) {
        final Safepoints safepoints =
                Safepoints.read(safepointLog(config), clock.anchorEpochNs() - clock.anchorSteadyNs());
        final long quietNs = value(rig, "quiet ");
        final long stalledNs = value(rig, "stalled ");
        final long endNs = value(rig, "end ");
        try (TickLogView control = new TickLogView(ticks(config));
                TickLogView floor = new TickLogView(witnessTicks)) {
            return new StoryBaseline(
                    TickComparison.compare(control, floor, quietNs, stalledNs, safepoints),
                    TickComparison.compare(control, floor, stalledNs, endNs, safepoints),
                    (int) value(rig, "stalls "),
                    (endNs - stalledNs) / 1e9);
        }
    }

    private static Path ticks(final CertifyConfig config) {
        return config.workDirectory().resolve("story-ticks");
    }

    private static Path safepointLog(final CertifyConfig config) {
        return config.workDirectory().resolve("story-safepoints.log");
    }

    private static Path storage(final CertifyConfig config) {
        return config.data().resolve("story-rig");
    }

    private static long value(final ChildProcess rig, final String key) {
        return Long.parseLong(rig.printed(key).split(" ", -1)[0]);
    }
}
