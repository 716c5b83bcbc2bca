package io.tendon.control.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.control.ManualClock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every stimulus in every state, on a manual clock. The table is the specification: a state or a stimulus that is not in it,
 * or a pair without an outcome, fails.
 */
class SafetyTransitionsTest {
    private static final String STAYS = ".";
    private static final String REFUSED = "no";

    /** W, R, E, r, S, H, J, X, F: the state that follows; "." it stays; "no": refused, and it stays. */
    private static final String TABLE = """
            stimulus                  WAITING RUNNING EXTRAPOLATING RAMPING STOPPED HOLDING JOGGING EMERGENCY_STOPPED FAULTED
            NO_SETPOINT               .       E       .             .       .       .       .       .                 .
            FRESH_NEAR                R       .       R             R       .       .       .       .                 .
            FRESH_NEAR_MOVING         R       .       R             R       .       .       .       .                 .
            FRESH_FAR                 .       .       R             R       .       .       .       .                 .
            STALE                     .       E       .             .       .       .       .       .                 .
            STALE_FOR_20_TICKS        .       r       r             .       .       .       .       .                 .
            STALE_FOR_LONG_MOVING     .       E       .             .       .       .       .       .                 .
            STALE_FOR_LONG_STANDING   .       E       .             S       .       .       .       .                 .
            JOG_DONE                  R       .       R             R       .       .       H       .                 .
            HOLD                      H       H       H             H       no      .       H       no                no
            RESUME                    no      no      no            no      no      W       no      no                no
            RESUME_MOVING             no      no      no            no      no      no      no      no                no
            ESTOP                     X       X       X             X       X       X       X       .                 .
            RESET                     no      no      no            no      W       no      no      W                 W
            RESET_MOVING              no      no      no            no      no      no      no      no                no
            JOG                       J       no      no            no      no      J       no      no                no
            JOG_MOVING                no      no      no            no      no      no      no      no                no
            FAULT                     F       F       F             F       F       F       F       F                 .
            TIME_LOST                 .       W       W             W       .       .       H       .                 .
            TIME_LOST_NO_SETPOINT     .       S       S             S       .       .       H       .                 .
            CONTROL_ENDS              H       H       H             H       .       .       H       .                 .
            """;

    private static final Map<String, SafetyState> LETTERS = Map.of(
            "W", SafetyState.WAITING,
            "R", SafetyState.RUNNING,
            "E", SafetyState.EXTRAPOLATING,
            "r", SafetyState.RAMPING,
            "S", SafetyState.STOPPED,
            "H", SafetyState.HOLDING,
            "J", SafetyState.JOGGING,
            "X", SafetyState.EMERGENCY_STOPPED,
            "F", SafetyState.FAULTED);

    /** What can happen to the machine. */
    enum Stimulus {
        NO_SETPOINT,
        FRESH_NEAR,
        FRESH_NEAR_MOVING,
        FRESH_FAR,
        STALE,
        STALE_FOR_20_TICKS,
        STALE_FOR_LONG_MOVING,
        STALE_FOR_LONG_STANDING,
        JOG_DONE,
        HOLD,
        RESUME,
        RESUME_MOVING,
        ESTOP,
        RESET,
        RESET_MOVING,
        JOG,
        JOG_MOVING,
        FAULT,
        TIME_LOST,
        TIME_LOST_NO_SETPOINT,
        CONTROL_ENDS
    }

    @Test
    void shouldSayForEveryStateAndEveryStimulusWhatFollows() {
        final Map<Stimulus, Map<SafetyState, String>> table = table();

        assertThat(table.keySet()).isEqualTo(EnumSet.allOf(Stimulus.class));
        assertThat(table.values())
                .allSatisfy(row -> assertThat(row.keySet()).isEqualTo(EnumSet.allOf(SafetyState.class)));
    }

    @Test
    void shouldLeaveALatchedStateByResetOrForAHarderOneAlone() {
        table().forEach((stimulus, row) -> row.forEach((from, outcome) -> {
            if (from.isLatched() && LETTERS.containsKey(outcome) && stimulus != Stimulus.RESET) {
                assertThat(LETTERS.get(outcome))
                        .as("%s in %s", stimulus, from)
                        .isIn(SafetyState.EMERGENCY_STOPPED, SafetyState.FAULTED);
            }
        }));
    }

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @MethodSource("pairs")
    void shouldFollowTheTable(final SafetyState from, final Stimulus stimulus, final String outcome) {
        final Rig rig = new Rig();
        rig.reach(from);
        final String whyBefore = rig.machine.why().toString();

        final boolean isAccepted = rig.apply(stimulus);

        final SafetyState expected = LETTERS.getOrDefault(outcome, from);
        assertThat(rig.machine.state()).isEqualTo(expected);
        assertThat(isAccepted).isEqualTo(!outcome.equals(REFUSED));
        if (outcome.equals(REFUSED)) {
            assertThat(rig.machine.refusal().toString())
                    .contains(" refused in state " + from + ": ")
                    .contains("; ");
        }
        if (expected == from && stimulus != Stimulus.FAULT) {
            assertThat(rig.machine.why()).hasToString(whyBefore);
        } else {
            assertThat(rig.machine.why().toString()).isNotEmpty().isNotEqualTo(whyBefore);
        }
    }

    static Stream<Arguments> pairs() {
        return table().entrySet().stream()
                .flatMap(row -> row.getValue().entrySet().stream()
                        .map(cell -> Arguments.of(cell.getKey(), row.getKey(), cell.getValue())));
    }

    private static Map<Stimulus, Map<SafetyState, String>> table() {
        final List<String[]> rows =
                TABLE.lines().map(line -> line.trim().split(" +")).toList();
        final String[] states = rows.get(0);
        final Map<Stimulus, Map<SafetyState, String>> table = new EnumMap<>(Stimulus.class);
        for (final String[] row : rows.subList(1, rows.size())) {
            assertThat(row).as(Arrays.toString(row)).hasSameSizeAs(states);
            final Map<SafetyState, String> cells = new LinkedHashMap<>();
            for (int i = 1; i < row.length; i++) {
                assertThat(row[i])
                        .matches(cell -> LETTERS.containsKey(cell) || STAYS.equals(cell) || REFUSED.equals(cell));
                cells.put(SafetyState.valueOf(states[i]), row[i]);
            }
            assertThat(table.put(Stimulus.valueOf(row[0]), cells)).as(row[0]).isNull();
        }
        return table;
    }

    /** A machine, brought into a state by nothing but what can happen to it. */
    private static final class Rig {
        private static final long PERIOD_NS = 1_000_000;
        private static final long STALE_NS = 20 * PERIOD_NS;
        private static final long LATCH_NS = 500 * PERIOD_NS;
        private static final int LATCH_TICKS = (int) (LATCH_NS / PERIOD_NS);
        private static final double NEAR = 0.01;
        private static final double FAR = 1;

        private final SafetyStateMachine machine =
                new SafetyStateMachine(new SafetyPolicy(PERIOD_NS, STALE_NS, 20, LATCH_NS, 0.05));
        private final ManualClock clock = new ManualClock();
        private long setpointNs = clock.nanoTime();
        private boolean hasSetpoint;
        private boolean isStanding = true;
        private boolean isJogDone;
        private double distance = NEAR;

        void reach(final SafetyState target) {
            switch (target) {
                case WAITING -> tick(1);
                case RUNNING -> freshAfter(1);
                case EXTRAPOLATING -> {
                    freshAfter(1);
                    staleAfter(STALE_NS + PERIOD_NS, 1);
                }
                case RAMPING -> {
                    reach(SafetyState.EXTRAPOLATING);
                    isStanding = false;
                    for (int i = 0; i < 20; i++) {
                        tick(1);
                    }
                }
                case STOPPED -> {
                    reach(SafetyState.RAMPING);
                    isStanding = true;
                    staleAfter(LATCH_NS, 1);
                }
                case HOLDING -> machine.request(OperatorRequest.HOLD, true);
                case JOGGING -> machine.requestJog(true);
                case EMERGENCY_STOPPED -> machine.request(OperatorRequest.ESTOP, true);
                case FAULTED -> machine.fault(new ReasonText().append("encoder lost"));
            }
            assertThat(machine.state()).isEqualTo(target);
            isStanding = true;
        }

        /** Whether it was accepted; true for what asks nobody. */
        boolean apply(final Stimulus stimulus) {
            switch (stimulus) {
                case NO_SETPOINT -> {
                    hasSetpoint = false;
                    tick(1);
                }
                case FRESH_NEAR -> freshAfter(1);
                case FRESH_NEAR_MOVING -> {
                    isStanding = false;
                    freshAfter(1);
                }
                case FRESH_FAR -> {
                    distance = FAR;
                    freshAfter(1);
                    assertThat(machine.isTooFar()).isEqualTo(machine.state() == SafetyState.WAITING);
                }
                case STALE -> staleAfter(STALE_NS + 1, 1);
                case STALE_FOR_20_TICKS -> staleAfter(STALE_NS + 21 * PERIOD_NS, 21);
                case STALE_FOR_LONG_MOVING -> {
                    isStanding = false;
                    staleAfter(LATCH_NS, 1);
                }
                case STALE_FOR_LONG_STANDING -> staleAfter(LATCH_NS, 1);
                case JOG_DONE -> {
                    isJogDone = true;
                    freshAfter(1);
                }
                case FAULT -> machine.fault(new ReasonText().append("drive lost"));
                case TIME_LOST -> machine.loseTime(46);
                case TIME_LOST_NO_SETPOINT -> {
                    machine.loseTime(46);
                    hasSetpoint = false;
                    for (int i = 0; i < LATCH_TICKS; i++) {
                        tick(1);
                    }
                }
                case CONTROL_ENDS -> machine.beginStop("asked to stop");
                default -> {
                    return ask(stimulus);
                }
            }
            return true;
        }

        private boolean ask(final Stimulus stimulus) {
            return switch (stimulus) {
                case HOLD -> machine.request(OperatorRequest.HOLD, false);
                case RESUME -> machine.request(OperatorRequest.RESUME, true);
                case RESUME_MOVING -> machine.request(OperatorRequest.RESUME, false);
                case ESTOP -> machine.request(OperatorRequest.ESTOP, false);
                case RESET -> machine.request(OperatorRequest.RESET, true);
                case RESET_MOVING -> machine.request(OperatorRequest.RESET, false);
                case JOG -> machine.requestJog(true);
                case JOG_MOVING -> machine.requestJog(false);
                default -> throw new AssertionError(stimulus);
            };
        }

        private void freshAfter(final int ticks) {
            setpointNs = clock.nanoTime() + ticks * PERIOD_NS;
            hasSetpoint = true;
            tick(ticks);
        }

        /** The set-point becomes that old, at a tick that is so many after the one before. */
        private void staleAfter(final long ageNs, final int ticks) {
            hasSetpoint = true;
            setpointNs = clock.nanoTime() + ticks * PERIOD_NS - ageNs;
            tick(ticks);
        }

        private void tick(final int ticks) {
            clock.advance(ticks * PERIOD_NS);
            machine.judge(
                    hasSetpoint ? clock.nanoTime() - setpointNs : SafetyStateMachine.NO_SETPOINT_AGE_NS,
                    distance,
                    ticks,
                    isStanding,
                    isJogDone);
        }
    }
}
