package io.tendon.bench.store.robot;

import io.tendon.bench.chart.BarChart;
import io.tendon.bench.chart.Unit;
import io.tendon.bench.figures.Figure;
import io.tendon.bench.figures.Section;
import io.tendon.bench.recording.LoadNode;
import io.tendon.bench.run.Progress;
import io.tendon.bench.transport.StateMessage;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.certify.measure.Median;
import io.tendon.certify.process.ChildProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A recorder is killed with much and with little in its log, and started again in the same session; in turns, each as it
 * ships. Main thread.
 */
public final class RestartPart {
    private static final double RATIO_BAR = 1.3;
    private static final long LOAD_TIMEOUT_S = 300;

    private final RobotPlace place;
    private final long[] logBytes;
    private final int rounds;
    private final Progress progress;

    /**
     * A part.
     *
     * @param place where the robots run.
     * @param littleBytes of the short log.
     * @param muchBytes of the long one.
     * @param rounds how often each is killed and started.
     * @param progress takes lines for the user.
     */
    public RestartPart(
            final RobotPlace place,
            final long littleBytes,
            final long muchBytes,
            final int rounds,
            final Progress progress) {
        this.place = place;
        this.logBytes = new long[] {littleBytes, muchBytes};
        this.rounds = rounds;
        this.progress = progress;
    }

    /** Records, kills, and starts again. */
    public Section measure() throws IOException {
        final List<List<Double>> readyNs = List.of(new ArrayList<>(), new ArrayList<>());
        try (RecorderRig little = new RecorderRig(place.apart("little"));
                RecorderRig much = new RecorderRig(place.apart("much"))) {
            final List<RecorderRig> rigs = List.of(little, much);
            for (int i = 0; i < rigs.size(); i++) {
                record(rigs.get(i), logBytes[i]);
            }
            for (int round = 0; round < rounds; round++) {
                progress.accept("  restart " + (round + 1) + " of " + rounds);
                // Who comes first changes.
                for (int turn = 0; turn < rigs.size(); turn++) {
                    final int which = (round + turn) % rigs.size();
                    readyNs.get(which).add((double) rigs.get(which).start());
                    rigs.get(which).kill();
                }
            }
        }
        return section(readyNs);
    }

    private void record(final RecorderRig rig, final long bytes) {
        progress.accept("  recording " + Unit.BYTES.text(bytes));
        rig.start("--no-index");
        // Its warming up is recorded too.
        final long messages = bytes / StreamDescriptor.framedLength(StateMessage.LENGTH_BYTES) * 4 / 5;
        try (ChildProcess load = rig.startMain(
                LoadNode.class,
                "--directory",
                rig.session().root().toString(),
                "--messages",
                Long.toString(messages))) {
            load.awaitSuccess(LOAD_TIMEOUT_S);
        }
        rig.kill();
    }

    private Section section(final List<List<Double>> readyNs) {
        final Section section = new Section("from the start of a killed recorder to READY");
        final BarChart chart = new BarChart("Restart after kill -9, until the recorder records again, median", Unit.NS);
        final double[] medians = new double[readyNs.size()];
        for (int i = 0; i < medians.length; i++) {
            medians[i] = Median.of(readyNs.get(i).stream().mapToDouble(Double::doubleValue));
            final String label = "a log of " + Unit.BYTES.text(logBytes[i]);
            section.add(
                    label,
                    Figure.ns("least", Collections.min(readyNs.get(i))),
                    Figure.ns("median", medians[i]),
                    Figure.ns("max", Collections.max(readyNs.get(i))));
            chart.add(label, medians[i], Double.NaN, i);
        }
        section.atMost("restart with the long log over the short one", Unit.RATIO, medians[1] / medians[0], RATIO_BAR);
        section.note(
                "the JVM's start is in it; indices and state are opened and made good behind, on threads of their own");
        section.picture("store-restart.svg", chart.draw());
        return section;
    }
}
