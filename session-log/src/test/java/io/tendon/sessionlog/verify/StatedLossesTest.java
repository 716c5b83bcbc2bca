package io.tendon.sessionlog.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.schemas.EventKind;
import io.tendon.schemas.LossReason;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.Severity;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatedLossesTest {
    private static final WriterLife LIFE = new WriterLife(1001, 7);

    private final StatedLosses losses = new StatedLosses(true, new SessionEvents());

    @Test
    void shouldExplainNothingWhenNothingWasSaid() {
        assertThat(explained(0, 9)).containsExactly("0..9 ?");
    }

    @Test
    void shouldExplainWhatItsWriterAndTheRecorderSayTogether() {
        say(NodeId.CONTROL, LIFE, 2, 4, LossReason.BACK_PRESSURED);
        say(NodeId.PERSISTENCE, LIFE, 5, 6, LossReason.RECORDING_GAP);

        assertThat(explained(2, 6)).containsExactly("2..4 BACK_PRESSURED", "5..6 RECORDING_GAP");
        assertThat(explained(1, 8)).containsExactly("1..1 ?", "2..4 BACK_PRESSURED", "5..6 RECORDING_GAP", "7..8 ?");
        assertThat(explained(3, 3)).containsExactly("3..3 BACK_PRESSURED");
    }

    @Test
    void shouldBelieveTheWriterBeforeTheRecorder() {
        say(NodeId.PERSISTENCE, LIFE, 0, 9, LossReason.SEQUENCE_GAP);
        say(NodeId.CONTROL, LIFE, 3, 4, LossReason.ADMIN_ACTION);

        assertThat(explained(0, 9)).containsExactly("0..2 SEQUENCE_GAP", "3..4 ADMIN_ACTION", "5..9 SEQUENCE_GAP");
    }

    @Test
    void shouldTakeWhatAnotherReaderMissedForNoExplanation() {
        say(NodeId.FUSION, LIFE, 0, 9, LossReason.SEQUENCE_GAP);
        say(NodeId.CONTROL, LIFE, 0, 9, LossReason.RECORDING_GAP);

        assertThat(explained(0, 9)).containsExactly("0..9 ?");
    }

    @Test
    void shouldNotTakeAnotherWritersLifeForThis() {
        say(NodeId.CONTROL, new WriterLife(1001, 8), 0, 9, LossReason.CLOSED);
        say(NodeId.CONTROL, new WriterLife(1002, 7), 0, 9, LossReason.CLOSED);

        assertThat(explained(0, 9)).containsExactly("0..9 ?");
    }

    @Test
    void shouldTakeAnyLifeOfTheStreamWhenSessionIdsAreNotKnown() {
        final StatedLosses unknown = new StatedLosses(false, new SessionEvents());
        unknown.onLoss(VerifyMessages.lossSaid(NodeId.CONTROL, new WriterLife(1001, 8), 0, 9, LossReason.CLOSED));

        assertThat(unknown.explain(LIFE, new SequenceRange(0, 9))).allMatch(piece -> piece.cause() != null);
    }

    @Test
    void shouldSayWhyTheRecordingStoppedWhereNothingWasRecordedBeforeOrBehind() {
        final SessionEvents events = new SessionEvents();
        events.onEvent(VerifyMessages.eventSaid(
                NodeId.PERSISTENCE, 50, EventKind.RECORDING_STOPPED, Severity.ERROR, LIFE.streamId(), "disk full"));
        final StatedLosses some = new StatedLosses(true, events);
        final StatedLosses.Cause cause = new StatedLosses.Cause("not seen", VerifyMessages.timeNs(60), false);

        for (final TimeSpan times : List.of(
                TimeSpan.NONE,
                new TimeSpan(TimeSpan.UNKNOWN, VerifyMessages.timeNs(60)),
                new TimeSpan(VerifyMessages.timeNs(40), TimeSpan.UNKNOWN))) {
            assertThat(some.text(LIFE, cause, times)).isEqualTo("not seen: disk full");
        }
        assertThat(some.text(LIFE, cause, new TimeSpan(TimeSpan.UNKNOWN, VerifyMessages.timeNs(40))))
                .isEqualTo("not seen");
    }

    @Test
    void shouldCoverExactlyWhatWasSaidInAnyOrderAndOverlap() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            final StatedLosses some = new StatedLosses(true, new SessionEvents());
            final boolean[] isSaid = new boolean[60];
            for (int i = 0; i < 8; i++) {
                final int first = random.nextInt(50);
                final int last = first + random.nextInt(10);
                some.onLoss(VerifyMessages.lossSaid(
                        random.nextBoolean() ? NodeId.PERSISTENCE : NodeId.CONTROL,
                        LIFE,
                        first,
                        last,
                        random.nextBoolean() ? LossReason.CLOSED : LossReason.BACK_PRESSURED));
                java.util.Arrays.fill(isSaid, first, last + 1, true);
            }
            long next = 5;
            for (final StatedLosses.Piece piece : some.explain(LIFE, new SequenceRange(5, 58))) {
                assertThat(piece.range().first()).as("seed=%d", seed).isEqualTo(next);
                for (long i = piece.range().first(); i <= piece.range().last(); i++) {
                    assertThat(piece.cause() != null)
                            .as("seed=%d round=%d sequence=%d", seed, round, i)
                            .isEqualTo(isSaid[(int) i]);
                }
                next = piece.range().last() + 1;
            }
            assertThat(next).isEqualTo(59);
        }
    }

    private void say(
            final NodeId source, final WriterLife life, final long first, final long last, final LossReason reason) {
        losses.onLoss(VerifyMessages.lossSaid(source, life, first, last, reason));
    }

    private List<String> explained(final long first, final long last) {
        return losses.explain(LIFE, new SequenceRange(first, last)).stream()
                .map(piece -> piece.range().first() + ".." + piece.range().last() + " "
                        + (piece.cause() == null ? "?" : piece.cause().text().replaceAll(".*\\((.*)\\)", "$1")))
                .toList();
    }
}
