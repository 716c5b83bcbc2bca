package io.tendon.robot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Kinematics and dynamics run inside control's and fusion's cycles, where nothing may allocate. */
class AllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int CYCLES = 10_000;

    @Test
    void shouldAllocateNothingWhenWarm() {
        final RobotModel robot = UrdfReader.read(Corpus.SHIPPED);
        final ForwardKinematics kinematics = new ForwardKinematics(robot.chain());
        final ChainDynamics dynamics = new ChainDynamics(robot.chain());
        final double[] positions = robot.homePositions();
        final double[] jacobian = new double[36];
        final double[] quaternion = new double[4];
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int cycle = -WARM_UP; cycle < CYCLES; cycle++) {
            if (cycle == 0) {
                threads.getCurrentThreadAllocatedBytes();
                before = threads.getCurrentThreadAllocatedBytes();
            }
            positions[cycle & 3] += 1e-6;
            kinematics.update(positions);
            kinematics.jacobian(jacobian);
            kinematics.tip().quaternion(quaternion);
            dynamics.update(positions, 0.2);
        }
        final long allocatedBytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocatedBytes).isZero();
        assertThat(dynamics.gravityEfforts()[1]).isNotZero();
    }
}
