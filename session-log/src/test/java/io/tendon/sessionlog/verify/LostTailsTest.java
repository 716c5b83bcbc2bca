package io.tendon.sessionlog.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.Severity;
import io.tendon.sessionlog.manifest.RecorderProcess;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.SessionOrigin;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.manifest.UnrecordedTail;
import java.util.List;
import org.junit.jupiter.api.Test;

class LostTailsTest {
    private static final int STREAM = StreamCatalog.CONTROL_STATE.streamId();

    private final SessionStatements statements = new SessionStatements(true);
    private final List<LifeFigures> recorded = List.of(LifeFiguresFixture.states(7, 0, 1_000));
    private final FindingLog log = new FindingLog();

    @Test
    void shouldNotExplainATailOfWhichNobodySaysWhyItIsMissing() {
        final List<LifeFigures> lost = find(new UnrecordedTail(STREAM, "control.state", 30, 0));

        assertThat(log.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.UNEXPLAINED_LOSS);
            assertThat(finding.place().stream()).isEqualTo("control.state");
            assertThat(finding.times().fromNs()).isEqualTo(VerifyMessages.timeNs(1_000));
        });
        assertThat(lost).singleElement().satisfies(life -> {
            assertThat(life.missingUnexplained()).isEqualTo(30);
            assertThat(life.missingExplained()).isZero();
        });
    }

    @Test
    void shouldExplainATailBehindWhichTheRecordingFailed() {
        recordingStopped(1_500, Severity.ERROR);

        final List<LifeFigures> lost = find(new UnrecordedTail(STREAM, "control.state", 30, 0));

        assertThat(log.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.EXPLAINED_LOSS);
            assertThat(finding.text()).contains("30 messages missing at the end", "no space");
        });
        assertThat(lost.get(0).missingExplained()).isEqualTo(30);
    }

    @Test
    void shouldNotTakeAFailureBeforeTheLastRecordedMessageForTheReason() {
        recordingStopped(500, Severity.ERROR);
        statements
                .events()
                .onEvent(VerifyMessages.eventSaid(
                        NodeId.PERSISTENCE, 600, EventKind.RECORDING_STARTED, Severity.INFO, STREAM, "again"));

        find(new UnrecordedTail(STREAM, "control.state", 0, 4096));

        assertThat(log.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.UNEXPLAINED_LOSS);
            assertThat(finding.text()).contains("4096 bytes missing at the end");
        });
    }

    @Test
    void shouldExplainATailByAStopThatWasSaidBeforeItWasDone() {
        recordingStopped(990, Severity.ERROR);

        find(new UnrecordedTail(STREAM, "control.state", 30, 0));

        assertThat(log.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.EXPLAINED_LOSS);
            assertThat(finding.text()).contains("no space");
        });
    }

    @Test
    void shouldExplainATailByADriverThatDiedBehindTheLastRecordedMessage() {
        driverDied(500);
        driverDied(1_500);

        find(new UnrecordedTail(STREAM, "control.state", 30, 0));

        assertThat(log.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.EXPLAINED_LOSS);
            assertThat(finding.text()).contains(TimeSpan.instant(VerifyMessages.timeNs(1_500)));
        });
    }

    @Test
    void shouldNotTakeADriverThatDiedBeforeTheLastRecordedMessageForTheReason() {
        driverDied(500);

        find(new UnrecordedTail(STREAM, "control.state", 30, 0));

        assertThat(log.findings()).extracting(Finding::kind).containsExactly(FindingKind.UNEXPLAINED_LOSS);
    }

    @Test
    void shouldNotTakeARecordingThatEndedWithItsWriterForAReason() {
        recordingStopped(1_500, Severity.INFO);

        find(new UnrecordedTail(STREAM, "control.state", 30, 0));

        assertThat(log.findings()).extracting(Finding::kind).containsExactly(FindingKind.UNEXPLAINED_LOSS);
    }

    @Test
    void shouldExplainATailByTheEndOfASessionThatItsRecorderCouldNotEvenSay() {
        says(100, EventKind.NODE_STARTED);

        interrupted(new UnrecordedTail(STREAM, "control.state", 30, 0));

        assertThat(log.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.EXPLAINED_LOSS);
            assertThat(finding.text()).contains("the driver died or the disk was full");
        });
    }

    @Test
    void shouldNotExplainATailWhenTheRecorderStoppedInOrderWithoutIt() {
        says(100, EventKind.NODE_STARTED);
        says(1_100, EventKind.NODE_STOPPING);

        interrupted(new UnrecordedTail(STREAM, "control.state", 30, 0));

        assertThat(log.findings()).extracting(Finding::kind).containsExactly(FindingKind.UNEXPLAINED_LOSS);
    }

    @Test
    void shouldCountALifeOfWhichTheDriverTookAll() {
        final WriterLife unrecorded = new WriterLife(STREAM, 8);
        statements.events().onEvent(VerifyMessages.logReplacedSaid(NodeId.CONTROL, 1_100, unrecorded, 20));
        statements
                .events()
                .onEvent(VerifyMessages.logReplacedSaid(NodeId.CONTROL, 1_100, new WriterLife(STREAM, 7), 1_001));

        final List<LifeFigures> lost = find();

        assertThat(log.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.EXPLAINED_LOSS);
            assertThat(finding.missing()).isEqualTo(new SequenceRange(0, 19));
            assertThat(finding.place().sessionId()).isEqualTo(8);
        });
        assertThat(lost)
                .singleElement()
                .satisfies(life -> assertThat(life.missingExplained()).isEqualTo(20));
    }

    private void recordingStopped(final long period, final Severity severity) {
        statements
                .events()
                .onEvent(VerifyMessages.eventSaid(
                        NodeId.PERSISTENCE, period, EventKind.RECORDING_STOPPED, severity, STREAM, "no space"));
    }

    /** As a writer says it whose log the driver took, all of it recorded. */
    private void driverDied(final long period) {
        final WriterLife life = new WriterLife(StreamCatalog.FUSION_STATE.streamId(), (int) period);
        statements.events().onEvent(VerifyMessages.logReplacedSaid(NodeId.FUSION, period, life, 0));
    }

    private void says(final long period, final EventKind kind) {
        statements.events().onEvent(VerifyMessages.eventSaid(NodeId.PERSISTENCE, period, kind, Severity.INFO, 0, ""));
    }

    private List<LifeFigures> find(final UnrecordedTail... tails) {
        return find(SessionState.CLOSED, tails);
    }

    private List<LifeFigures> interrupted(final UnrecordedTail... tails) {
        return find(SessionState.INTERRUPTED, tails);
    }

    private List<LifeFigures> find(final SessionState state, final UnrecordedTail... tails) {
        final SessionManifest manifest = new SessionManifest(
                "20260101-120000-aaaa",
                state,
                VerifyMessages.timeNs(0),
                VerifyMessages.timeNs(2_000),
                SessionOrigin.UNKNOWN,
                RecorderProcess.NONE,
                List.of(),
                List.of(tails),
                List.of(),
                false);
        return LostTails.find(manifest, statements, recorded, true, RepairedRanges.none(), log);
    }
}
