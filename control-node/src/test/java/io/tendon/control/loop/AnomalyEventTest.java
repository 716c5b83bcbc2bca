package io.tendon.control.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.LastAnomaly;
import io.tendon.control.ManualClock;
import io.tendon.control.Robots;
import io.tendon.control.hardware.sim.SimulatedArm;
import io.tendon.control.hardware.sim.SimulationSettings;
import io.tendon.control.safety.ReasonText;
import io.tendon.schemas.AnomalyKind;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.MissCause;
import io.tendon.schemas.NodeId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real bus: what control.event and the counters say of an anomaly. */
class AnomalyEventTest {
    @TempDir
    private Path directory;

    private final ManualClock clock = new ManualClock();

    @Test
    void shouldSayAnAnomalyAndCountIt() {
        final SimulatedArm arm = new SimulatedArm(SimulationSettings.typical(5), Robots.cell(), clock);
        try (LoopRig rig = new LoopRig(directory, clock, arm);
                CounterView counters = CounterView.open(new RuntimeDirectory("test", directory))) {
            rig.cycles(3);
            assertThat(counters.node(BusCounter.ANOMALIES, NodeId.CONTROL, -1)).isZero();
            assertThat(counters.node(BusCounter.LAST_ANOMALY, NodeId.CONTROL, -1))
                    .isZero();

            rig.loop
                    .link()
                    .events()
                    .anomaly(
                            io.tendon.control.anomaly.AnomalyKind.TRACKING,
                            4,
                            2.5,
                            new ReasonText().append("joint 4 is 0.05 rad away"));

            assertThat(rig.reader.event(EventKind.ANOMALY))
                    .contains(new ControlReader.Happening(
                            EventKind.ANOMALY,
                            4,
                            2.5,
                            MissCause.NULL_VAL,
                            AnomalyKind.TRACKING,
                            "joint 4 is 0.05 rad away"));
            assertThat(counters.node(BusCounter.ANOMALIES, NodeId.CONTROL, -1)).isEqualTo(1);
            assertThat(LastAnomaly.of(counters.node(BusCounter.LAST_ANOMALY, NodeId.CONTROL, 0)))
                    .contains(new LastAnomaly(AnomalyKind.TRACKING, 4, 2.5));
            assertThat(counters.node(BusCounter.LAST_ANOMALY_AT_MS, NodeId.CONTROL, 0))
                    .isEqualTo(clock.nanoTime() / 1_000_000);
        }
    }
}
