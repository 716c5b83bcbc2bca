package io.tendon.control.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tendon.robot.Joint;
import io.tendon.robot.JointLimits;
import io.tendon.robot.JointType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A joint of 2 kg m2 whose motor gives a sine; what it does follows from that. */
class EffortObserverTest {
    private static final double INERTIA = 2;
    private static final double DT_S = 1e-3;
    private static final double DAMPING = 4;
    private static final double FRICTION = 5;

    private final EffortObserver observer = new EffortObserver(
            new Joint("j", JointType.REVOLUTE, new JointLimits(-3, 3, 3, 10, 100, 150), DAMPING, FRICTION));
    private double timeS;
    private double velocity = 0.5;
    private double effort;

    @BeforeEach
    void settle() {
        effort = effort();
        observer.restart(velocity, effort);
        for (int i = 0; i < 500; i++) {
            move(0);
            observer.update(DT_S, 0, INERTIA, 0, 0, velocity, effort);
        }
    }

    @Test
    void shouldFindNothingWhereNothingIs() {
        assertThat(observer.external()).isCloseTo(0, within(0.2));
    }

    @Test
    void shouldFindAnEffortWithinMilliseconds() {
        for (int i = 0; i < 15; i++) {
            move(-12);
            observer.update(DT_S, 0, INERTIA, 0, 0, velocity, effort);
        }

        assertThat(observer.external()).isCloseTo(-12, within(2.0));
        assertThat(5 * observer.uncertainty()).isLessThan(10);
    }

    @Test
    void shouldLearnNothingOfWhatItDidNotSeeAndAllOfWhatComesBehind() {
        final double uncertain = observer.uncertainty();
        for (int i = 0; i < 47; i++) {
            move(i < 20 ? 90 : -60);
        }
        observer.update(DT_S, 46 * DT_S, INERTIA, 0, 0, velocity, effort);

        assertThat(Math.abs(observer.external())).isLessThan(4.5 + 5 * observer.uncertainty());
        assertThat(observer.uncertainty()).isLessThan(5 * uncertain);

        for (int i = 0; i < 15; i++) {
            move(-12);
            observer.update(DT_S, 0, INERTIA, 0, 0, velocity, effort);
        }
        assertThat(observer.external()).isCloseTo(-12, within(2.0));
    }

    @Test
    void shouldAllowForFrictionOfAJointThatSticksAndForAMomentAfter() {
        final EffortObserver stuck = new EffortObserver(
                new Joint("j", JointType.REVOLUTE, new JointLimits(-3, 3, 3, 10, 100, 150), DAMPING, FRICTION));
        stuck.restart(0, FRICTION);
        for (int i = 0; i < 200; i++) {
            stuck.update(DT_S, 0, INERTIA, 0, 0, 0, FRICTION);
        }
        assertThat(stuck.external()).isCloseTo(-FRICTION, within(0.5));
        assertThat(stuck.stiction()).isEqualTo(FRICTION);
        assertThat(observer.stiction()).isLessThan(0.1);
    }

    @Test
    void shouldLearnNothingOfAnEffortThatIsUncertain() {
        for (int i = 0; i < 15; i++) {
            move(-12);
            observer.update(DT_S, 0, INERTIA, 0, 100, velocity, effort);
        }

        assertThat(Math.abs(observer.external())).isLessThan(5 * observer.uncertainty());
    }

    private void move(final double external) {
        timeS += DT_S;
        effort = effort();
        final double friction = DAMPING * velocity + Math.copySign(FRICTION, velocity);
        velocity += (effort + external - friction) / INERTIA * DT_S;
    }

    private double effort() {
        return FRICTION + DAMPING * 0.5 + 3 * Math.cos(20 * timeS);
    }
}
