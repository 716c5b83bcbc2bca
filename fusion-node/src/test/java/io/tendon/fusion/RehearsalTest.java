package io.tendon.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.cycle.RtMode;
import io.tendon.fusion.task.CellPlanner;
import io.tendon.robot.RobotModel;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void shouldGoThroughWholeTasks() {
        final RobotModel robot = ShippedRobot.read();
        final FusionConfig config =
                new FusionConfig(10_000_000L, 1_000_000L, 1_000_000L, 15_000_000L, 20, 0.6, 0.03, RtMode.OFF, -1);

        final int rehearsed = new Rehearsal(config, robot, new CellPlanner(robot).plan(ShippedRobot.readCell())).run();

        assertThat(rehearsed).isGreaterThanOrEqualTo(2);
    }
}
