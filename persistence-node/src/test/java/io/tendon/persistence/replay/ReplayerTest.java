package io.tendon.persistence.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Pace, pause, step, seek and loop on a clock that the test moves. */
class ReplayerTest {
    private static final long MS = 1_000_000L;
    private static final long S = 1_000 * MS;
    /** When the scripted session begins. */
    private static final long START_NS = 1_700_000_000 * S;

    private final ScriptedSource source = new ScriptedSource();
    private final ScriptedTime time = new ScriptedTime();
    private final List<String> heard = new ArrayList<>();
    private final List<Integer> passes = new ArrayList<>();
    private long blockedNs;
    private boolean isRefusing;
    private Replayer replayer = replayer(ReplaySpeed.AS_RECORDED, false);

    @Test
    void shouldGiveEachMessageWhenItIsDue() {
        cycles(0, 4);

        run();

        assertThat(heard).containsExactly("0@0", "1@1", "2@2", "3@3");
        assertThat(replayer.tally().speed()).isEqualTo(1.0);
        assertThat(replayer.tally().maxLatenessNs()).isZero();
    }

    @Test
    void shouldKeepTheDistancesOfAnySpeed() {
        cycles(0, 4);
        replayer = replayer(new ReplaySpeed(0.25), false);

        run();

        assertThat(heard).containsExactly("0@0", "1@4", "2@8", "3@12");
        assertThat(replayer.tally().speed()).isEqualTo(0.25);
    }

    @Test
    void shouldWaitForNothingWhenItIsNotPaced() {
        cycles(0, 4);
        replayer = replayer(ReplaySpeed.UNPACED, false);

        run();

        assertThat(heard).containsExactly("0@0", "1@0", "2@0", "3@0");
        assertThat(replayer.tally().isPaced()).isFalse();
    }

    @Test
    void shouldCountAMessageOutOfOrderAsDueWithTheOneBeforeIt() {
        source.add(StreamCatalog.CONTROL_STATE, START_NS)
                .add(StreamCatalog.CONTROL_STATE, START_NS + 5 * MS)
                .add(StreamCatalog.CONTROL_STATE, START_NS + 2 * MS);

        run();

        assertThat(heard).containsExactly("0@0", "5@5", "2@5");
        assertThat(replayer.tally().maxLatenessNs()).isZero();
    }

    @Test
    void shouldCatchUpAndSayHowLateItWasWhenAReaderHeldItUp() {
        cycles(0, 5);
        at(1, () -> blockedNs = 3 * MS);

        run();

        assertThat(heard).containsExactly("0@0", "1@4", "2@4", "3@4", "4@4");
        assertThat(replayer.tally().maxLatenessNs()).isBetween(3 * MS, 3 * MS + 2_000);
    }

    @Test
    void shouldBeginWithItsFirstMessageHoweverLongThatTook() {
        cycles(0, 3);
        at(0, () -> blockedNs = 50 * MS);

        run();

        assertThat(heard).containsExactly("0@50", "1@51", "2@52");
        assertThat(replayer.tally().maxLatenessNs()).isZero();
    }

    @Test
    void shouldCountWhatWasGivenUpAsLost() {
        cycles(0, 3);
        isRefusing = true;

        run();

        assertThat(replayer.tally().lost()).isEqualTo(3);
        assertThat(replayer.tally().messages()).isZero();
    }

    @Test
    void shouldStandStillWhilePausedAndGoOnFromThere() {
        cycles(0, 6);
        at(2, () -> replayer.ask(ReplayAction.PAUSE_OR_RESUME));
        at(500, () -> replayer.ask(ReplayAction.PAUSE_OR_RESUME));

        run();

        assertThat(heard.subList(0, 2)).containsExactly("0@0", "1@1");
        assertThat(heard).hasSize(6);
        assertThat(heard.subList(3, 6)).allMatch(line -> Integer.parseInt(line.split("@")[1]) >= 500);
        assertThat(replayer.tally().elapsedNs()).as("pauses left out").isLessThan(30 * MS);
    }

    @Test
    void shouldGiveOneControlCycleAStep() {
        for (int i = 0; i < 4; i++) {
            source.add(StreamCatalog.FUSION_STATE, START_NS + i * MS - 1)
                    .add(StreamCatalog.CONTROL_EVENT, START_NS + i * MS - 1)
                    .add(StreamCatalog.CONTROL_STATE, START_NS + i * MS);
        }
        replayer.ask(ReplayAction.PAUSE_OR_RESUME);
        at(100, () -> replayer.ask(ReplayAction.STEP));
        at(200, () -> assertThat(heard).hasSize(3));
        at(210, () -> replayer.ask(ReplayAction.STEP));
        at(300, () -> assertThat(heard).hasSize(6));
        at(310, () -> replayer.ask(ReplayAction.QUIT));

        run();

        assertThat(heard).hasSize(6);
    }

    @Test
    void shouldStepOverNoMoreThanTenMillisecondsWhereControlIsSilent() {
        for (int i = 0; i < 40; i++) {
            source.add(StreamCatalog.FUSION_STATE, START_NS + i * MS);
        }
        replayer.ask(ReplayAction.PAUSE_OR_RESUME);
        at(100, () -> replayer.ask(ReplayAction.STEP));
        at(200, () -> replayer.ask(ReplayAction.QUIT));

        run();

        assertThat(heard).hasSize(10);
    }

    @Test
    void shouldNotStepWhileItPlays() {
        cycles(0, 20);
        at(3, () -> replayer.ask(ReplayAction.STEP));

        run();

        assertThat(heard).hasSize(20).endsWith("19@19");
    }

    @Test
    void shouldGoBackAndForthWithinTheRange() {
        seconds(20);
        at(8_500, () -> replayer.ask(ReplayAction.BACK));

        run();

        // At 8.5 s the last second heard was 8: five back is 3.
        assertThat(captures().subList(8, 12)).containsExactly(8L, 3L, 4L, 5L);
        assertThat(captures()).endsWith(19L);
        assertThat(replayer.tally().recordedNs()).as("jumps left out").isEqualTo((8 + 16) * S);
    }

    @Test
    void shouldStopAtTheEndsOfTheRangeWhenItIsToGoBeyond() {
        seconds(20);
        at(2_500, () -> replayer.ask(ReplayAction.FAR_BACK));
        at(5_600, () -> replayer.ask(ReplayAction.FAR_FORWARD));

        run();

        assertThat(captures()).containsExactly(0L, 1L, 2L, 0L, 1L, 2L, 3L, 19L);
    }

    @Test
    void shouldSeekWhilePausedAndStayPaused() {
        seconds(20);
        at(2_500, () -> replayer.ask(ReplayAction.PAUSE_OR_RESUME));
        at(3_000, () -> replayer.ask(ReplayAction.FORWARD));
        at(60_000, () -> assertThat(captures()).containsExactly(0L, 1L, 2L));
        at(60_001, () -> replayer.ask(ReplayAction.PAUSE_OR_RESUME));

        run();

        assertThat(captures().get(3)).isEqualTo(7L);
    }

    @Test
    void shouldChangeSpeedFromNowOn() {
        seconds(20);
        at(4_500, () -> replayer.ask(ReplayAction.FASTER));

        run();

        assertThat(heard.get(4)).isEqualTo("4000@4000");
        final long fifth = Long.parseLong(heard.get(5).split("@")[1]);
        assertThat(fifth).isBetween(4_750L, 4_760L);
        assertThat(Long.parseLong(heard.get(6).split("@")[1])).isEqualTo(fifth + 500);
    }

    @Test
    void shouldBeginAgainAtTheEndWhenItLoopsAndRaiseThePass() {
        cycles(0, 3);
        replayer = replayer(ReplaySpeed.AS_RECORDED, true);
        at(7, () -> replayer.ask(ReplayAction.LOOP));

        run();

        assertThat(captureTimes()).startsWith(0L, 1L, 2L, 0L, 1L, 2L);
        assertThat(passes).containsSubsequence(1, 2, 3);
    }

    @Test
    void shouldEndWhenThereIsNothingInTheRange() {
        run();

        assertThat(heard).isEmpty();
        assertThat(replayer.tally().speed()).isZero();
    }

    @Test
    void shouldSayWhereItStands() {
        seconds(20);
        at(4_500, () -> {
            final ReplayProgress progress = Objects.requireNonNull(replayer.progress());
            assertThat(progress.positionNs()).isEqualTo(4 * S);
            assertThat(progress.totalNs()).isEqualTo(19 * S + 1);
            assertThat(progress.messages()).isEqualTo(5);
        });

        run();

        assertThat(time.isDone()).isTrue();
    }

    private void cycles(final int from, final int to) {
        for (int i = from; i < to; i++) {
            source.add(StreamCatalog.CONTROL_STATE, START_NS + i * MS);
        }
    }

    private void seconds(final int count) {
        for (int i = 0; i < count; i++) {
            source.add(StreamCatalog.CONTROL_STATE, START_NS + i * S);
        }
    }

    private void at(final long ms, final Runnable action) {
        time.actions.put(ms * MS, action);
    }

    private void run() {
        replayer.run(() -> false);
    }

    private List<Long> captureTimes() {
        return heard.stream().map(line -> Long.parseLong(line.split("@")[0])).toList();
    }

    /** Capture times in whole seconds since the start. */
    private List<Long> captures() {
        return captureTimes().stream().map(ms -> ms / 1_000).toList();
    }

    private Replayer replayer(final ReplaySpeed speed, final boolean isLooping) {
        return new Replayer(
                source,
                new Sink(),
                time,
                TimeRange.ALL,
                new TimeRange(START_NS, START_NS + (isLooping ? 3 * MS : 19 * S + 1)),
                speed,
                isLooping);
    }

    /** Notes capture time and time of arrival, both in ms since the start. */
    private final class Sink implements ReplaySink {
        @Override
        public boolean publish(final RecordedMessage message, final int pass, final BooleanSupplier isStopped) {
            time.waitNs(blockedNs);
            blockedNs = 0;
            heard.add((message.captureTimeNs() - START_NS) / MS + "@" + time.nowNs() / MS);
            passes.add(pass);
            return !isRefusing;
        }

        @Override
        public void doWork() {
            // Nothing to follow.
        }
    }

    /** Stands still but for waits; on its way it does what was put down for a time. */
    private static final class ScriptedTime implements ReplayTime {
        private final TreeMap<Long, Runnable> actions = new TreeMap<>();
        private long nowNs;

        boolean isDone() {
            return actions.isEmpty();
        }

        @Override
        public long nowNs() {
            while (!actions.isEmpty() && actions.firstKey() <= nowNs) {
                actions.pollFirstEntry().getValue().run();
            }
            return nowNs;
        }

        @Override
        public void waitNs(final long durationNs) {
            nowNs += durationNs;
        }
    }
}
