package io.tendon.control.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.control.ManualClock;
import io.tendon.control.Robots;
import io.tendon.control.hardware.sim.SimulatedArm;
import io.tendon.control.hardware.sim.SimulatedFault;
import io.tendon.control.hardware.sim.SimulationSettings;
import io.tendon.schemas.EventKind;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real bus: what control.event says of the faults of the simulated arm. */
class InjectedFaultsTest {
    @TempDir
    private Path directory;

    private final ManualClock clock = new ManualClock();
    private final InjectedFaults injected = new InjectedFaults();
    private LoopRig rig;

    @BeforeEach
    void connect() {
        final List<SimulatedFault> faults = Stream.of("force-bias@0ns", "stuck-joint@40ms+10ms,joint=4")
                .map(SimulatedFault::parse)
                .toList();
        rig = new LoopRig(
                directory,
                clock,
                new SimulatedArm(SimulationSettings.typical(5), Robots.cell(), clock, null, faults, injected));
    }

    @AfterEach
    void disconnect() {
        rig.close();
    }

    @Test
    void shouldSayEachOnceInTheCycleInWhichItBegins() {
        injected.sayOn(rig.loop.link());
        rig.cycle();
        assertThat(said()).containsExactly("-1 5.0 force-bias@0ns,amount=5.0");
        rig.cycles(38);
        assertThat(said()).hasSize(1);
        rig.cycle();
        assertThat(said()).hasSize(2).last().isEqualTo("4 NaN stuck-joint@40ms+10ms,joint=4");
        rig.cycles(40);
        assertThat(said()).hasSize(2);
    }

    @Test
    void shouldSayLaterWhatBeganWhileNothingCouldBeSaid() {
        rig.cycles(45);
        assertThat(said()).isEmpty();
        injected.sayOn(rig.loop.link());
        rig.cycle();
        assertThat(said()).containsExactly("-1 5.0 force-bias@0ns,amount=5.0", "4 NaN stuck-joint@40ms+10ms,joint=4");
    }

    @Test
    void shouldOfferNothingToABusThatIsGone() {
        injected.sayOn(rig.loop.link());
        rig.control.close();
        assertThat(injected.begun(-1, 5, "force-bias@0ns")).isFalse();
        assertThat(rig.loop.link().eventPublisher().refused()).isZero();
    }

    private List<String> said() {
        return rig.reader.poll().events.stream()
                .filter(event -> event.kind() == EventKind.FAULT_INJECTED)
                .map(event -> event.code() + " " + event.amount() + " " + event.text())
                .toList();
    }
}
