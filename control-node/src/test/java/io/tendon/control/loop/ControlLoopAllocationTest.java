package io.tendon.control.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tendon.control.ManualClock;
import io.tendon.control.Robots;
import io.tendon.control.hardware.sim.SimulatedArm;
import io.tendon.control.hardware.sim.SimulatedFault;
import io.tendon.control.hardware.sim.SimulationSettings;
import io.tendon.control.safety.SafetyState;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Warm cycles of the real loop, with real publications, allocate nothing: no garbage, so no collector ever stops it.
 *
 * <p>Warm means that the compiler has settled. Each time it throws away an optimistic compilation, which happens at odd
 * moments of the first minute, the JVM itself puts some hundred bytes on the thread's account (with the interpreter or
 * with C1 alone it never does); so a round that is not clean is tried again, a bounded number of times. Code that
 * allocates in even one of the cycles never has a clean round.
 */
class ControlLoopAllocationTest {
    private static final int WARM_UP_CYCLES = 20_000;
    private static final int CYCLES = 10_000;
    private static final int MOST_ROUNDS = 30;

    @TempDir
    private Path directory;

    @Test
    void shouldAllocateNothingInWarmCycles() {
        final ManualClock clock = new ManualClock();
        assertNothingAllocated(
                clock, new SimulatedArm(SimulationSettings.typical(1), Robots.cell(), clock), new InjectedFaults());
    }

    @Test
    void shouldAllocateNothingWhileTheSimulatedArmIsFaulty() {
        final ManualClock clock = new ManualClock();
        // Those with which the arm goes on following its set-points; they begin in the first round.
        final List<SimulatedFault> faults = Stream.of(
                        "payload@21s,amount=0.2",
                        "friction@21s,joint=0,amount=0.01",
                        "encoder-drift@21s,joint=5,amount=0.00001",
                        "force-bias@21s",
                        "collision@21s,amount=100")
                .map(SimulatedFault::parse)
                .toList();
        final InjectedFaults injected = new InjectedFaults();
        assertNothingAllocated(
                clock,
                new SimulatedArm(SimulationSettings.typical(1), Robots.cell(), clock, null, faults, injected),
                injected);
    }

    private void assertNothingAllocated(
            final ManualClock clock, final SimulatedArm arm, final InjectedFaults injected) {
        try (LoopRig rig = new LoopRig(directory, clock, arm)) {
            final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            final long thread = Thread.currentThread().getId();
            injected.sayOn(rig.loop.link());
            final double[] target = rig.robot.homePositions();
            run(rig, target, WARM_UP_CYCLES);
            threads.getThreadAllocatedBytes(thread);
            long allocatedBytes = Long.MAX_VALUE;
            for (int round = 0; round < MOST_ROUNDS && allocatedBytes != 0; round++) {
                final long first = threads.getThreadAllocatedBytes(thread);
                final long second = threads.getThreadAllocatedBytes(thread);
                run(rig, target, CYCLES);
                final long last = threads.getThreadAllocatedBytes(thread);
                allocatedBytes = last - second - (second - first);
            }

            assertThat(allocatedBytes).isZero();
            assertThat(rig.loop.safetyState()).isEqualTo(SafetyState.RUNNING);
        }
    }

    /** Set-points move to and fro, with a missed tick now and then; fusion's side of the bus allocates nothing either. */
    private static void run(final LoopRig rig, final double[] target, final int cycles) {
        for (int i = 0; i < cycles; i++) {
            if (i % 10 == 0) {
                target[0] += i / 1000 % 2 == 0 ? 0.002 : -0.002;
                rig.setpoint(target, 0);
            }
            rig.cycleAfter(i % 500 == 499 ? 3 : 1, 10_000);
        }
    }
}
