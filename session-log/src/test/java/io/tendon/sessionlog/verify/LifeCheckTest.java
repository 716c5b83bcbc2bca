package io.tendon.sessionlog.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.LossReason;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.TestMessages;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One session with a writer's life for each thing that can be said of one. */
class LifeCheckTest {
    @TempDir
    private static Path dir = Path.of("unset");

    private static final Map<String, Integer> SESSION_IDS = new HashMap<>();
    private static List<Finding> findings = List.of();
    private static VerifyReport report = new VerifyReport(
            "unset", io.tendon.sessionlog.manifest.SessionState.OPEN, List.of(), List.of(), List.of(), 0);

    @BeforeAll
    static void record() throws IOException {
        try (RecordedSession session = new RecordedSession(dir)) {
            session.record(StreamCatalog.CONTROL_STATE, StreamCatalog.PERSISTENCE_EVENT);
            final List<UnsafeBuffer> statements = new ArrayList<>();
            life(session, "whole", states(0, 1, 2, 3));
            life(session, "late", states(2, 3));
            life(session, "gap", states(0, 1, 5, 6));
            final WriterLife refused = life(session, "refused", states(0, 1, 5, 6));
            statements.add(loss(NodeId.CONTROL, 0, refused, 2, 3, LossReason.BACK_PRESSURED));
            statements.add(loss(NodeId.PERSISTENCE, 1, refused, 2, 4, LossReason.SEQUENCE_GAP));
            final WriterLife unread = life(session, "missed by a reader", states(0, 3));
            statements.add(loss(NodeId.FUSION, 2, unread, 1, 2, LossReason.SEQUENCE_GAP));
            final WriterLife partly = life(session, "partly", states(0, 9));
            statements.add(loss(NodeId.CONTROL, 3, partly, 3, 4, LossReason.CLOSED));
            final WriterLife behind = life(session, "reader left behind", states(0, 1, 4, 5, 6, 7));
            statements.add(loss(NodeId.CONTROL, 4, behind, 2, 3, LossReason.BACK_PRESSURED));
            statements.add(loss(NodeId.FUSION, 5, behind, 2, 3, LossReason.SEQUENCE_GAP));
            statements.add(loss(NodeId.FUSION, 6, behind, 5, 6, LossReason.SEQUENCE_GAP));
            final WriterLife wrong = life(session, "recorded and refused", states(0, 1, 3));
            statements.add(loss(NodeId.CONTROL, 7, wrong, 1, 2, LossReason.BACK_PRESSURED));
            life(session, "twice", states(0, 1, 1, 2));
            life(
                    session,
                    "back in time",
                    List.of(
                            TestMessages.jointState(0),
                            at(TestMessages.jointState(1), 30),
                            at(TestMessages.jointState(2), 10)));
            life(
                    session,
                    "foreign",
                    List.of(
                            TestMessages.jointState(0),
                            header(TestMessages.jointState(1), 4, 4712),
                            TestMessages.jointState(2)));
            life(session, "unknown", List.of(TestMessages.jointState(0), header(TestMessages.jointState(1), 2, 999)));
            final WriterLife replaced = life(session, "replaced", states(0, 1, 2));
            statements.add(VerifyMessages.logReplaced(NodeId.CONTROL, 8, replaced, 10, 1 << 20));
            try (ExclusivePublication writer = session.writer(StreamCatalog.PERSISTENCE_EVENT)) {
                statements.forEach(statement -> session.publish(writer, statement));
                session.awaitRecorded(writer);
            }
            report = SessionVerifier.verify(Session.open(session.stop()));
            findings = report.findings();
        }
    }

    @Test
    void shouldFindNothingWrongWithAWholeLife() {
        assertThat(of("whole")).isEmpty();
    }

    @Test
    void shouldMissWhatAWriterSaidBeforeItsRecordingBegan() {
        assertThat(of("late")).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.UNEXPLAINED_LOSS);
            assertThat(finding.missing()).isEqualTo(new SequenceRange(0, 1));
        });
    }

    @Test
    void shouldSayWhereAndWhenAGapIsThatNobodyExplains() {
        assertThat(of("gap")).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.UNEXPLAINED_LOSS);
            assertThat(finding.missing()).isEqualTo(new SequenceRange(2, 4));
            assertThat(finding.place().stream()).isEqualTo("control.state");
            assertThat(finding.place().fromPosition())
                    .isEqualTo(finding.place().toPosition())
                    .isPositive();
            assertThat(finding.times()).isEqualTo(new TimeSpan(VerifyMessages.timeNs(1), VerifyMessages.timeNs(5)));
            assertThat(finding.text()).contains("3 messages (sequences 2 to 4) missing");
        });
    }

    @Test
    void shouldExplainAGapByWhatWriterAndRecorderSayTogether() {
        assertThat(of("refused"))
                .extracting(Finding::kind, Finding::missing)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(FindingKind.EXPLAINED_LOSS, new SequenceRange(2, 3)),
                        org.assertj.core.groups.Tuple.tuple(FindingKind.EXPLAINED_LOSS, new SequenceRange(4, 4)));
        assertThat(of("refused").get(0).text()).contains("refused to their writer (BACK_PRESSURED)");
        assertThat(of("refused").get(1).text()).contains("the recorder did not see them (SEQUENCE_GAP)");
    }

    @Test
    void shouldNotExplainAGapByWhatAnotherReaderMissed() {
        assertThat(of("missed by a reader")).extracting(Finding::kind).containsExactly(FindingKind.UNEXPLAINED_LOSS);
    }

    @Test
    void shouldHoldWhatAReaderMissedAgainstRefusalsAndRecording() {
        final LossBalance balance = balance("reader left behind");
        assertThat(balance.refused()).isEqualTo(2);
        assertThat(balance.missing()).isEqualTo(2);
        assertThat(balance.missingRefused()).isEqualTo(2);
        assertThat(balance.refusedButRecorded()).isZero();
        assertThat(balance.readers()).containsExactly(new LossBalance.ReaderShare(NodeId.FUSION, 4, 2, 0, 2));
        assertThat(balance.text())
                .isEqualTo("control.state of control, session " + SESSION_IDS.get("reader left behind")
                        + ": 2 refused, 2 missing in the recording; fusion missed 4 (2 refused, 2 left behind)");
        assertThat(findings)
                .anyMatch(finding -> finding.kind() == FindingKind.READER_LEFT_BEHIND
                        && finding.text().equals(balance.text()));

        assertThat(balance("missed by a reader").readers())
                .containsExactly(new LossBalance.ReaderShare(NodeId.FUSION, 2, 0, 2, 0));
        assertThat(balance("refused").missing()).isEqualTo(3);
        assertThat(balance("refused").missingRefused()).isEqualTo(2);
        assertThat(report.losses()).noneMatch(some -> some.sessionId() == SESSION_IDS.getOrDefault("whole", 0));
    }

    @Test
    void shouldSayWhenAWriterCallsAMessageRefusedThatIsRecorded() {
        final LossBalance balance = balance("recorded and refused");
        assertThat(balance.refusedButRecorded()).isEqualTo(1);
        assertThat(findings)
                .filteredOn(finding -> finding.kind() == FindingKind.REFUSAL_RECORDED)
                .singleElement()
                .satisfies(finding -> assertThat(finding.text())
                        .isEqualTo("recorded, and refused as their writer says: 1; " + balance.text()));
    }

    private static LossBalance balance(final String name) {
        return report.losses().stream()
                .filter(balance -> balance.sessionId() == SESSION_IDS.getOrDefault(name, 0))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldLeaveUnexplainedWhatOfAGapNobodyStates() {
        assertThat(of("partly"))
                .extracting(Finding::kind, Finding::missing)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(FindingKind.UNEXPLAINED_LOSS, new SequenceRange(1, 2)),
                        org.assertj.core.groups.Tuple.tuple(FindingKind.EXPLAINED_LOSS, new SequenceRange(3, 4)),
                        org.assertj.core.groups.Tuple.tuple(FindingKind.UNEXPLAINED_LOSS, new SequenceRange(5, 8)));
    }

    @Test
    void shouldFindASequenceNumberThatComesTwice() {
        assertThat(of("twice")).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.SEQUENCE_ORDER);
            assertThat(finding.text()).isEqualTo("sequence 1 where 2 should come");
        });
    }

    @Test
    void shouldFindATimeThatGoesBack() {
        assertThat(of("back in time")).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.TIME_ORDER);
            assertThat(finding.text()).contains("0.020 s before");
        });
    }

    @Test
    void shouldFindAMessageOfAnotherSchema() {
        assertThat(of("foreign")).extracting(Finding::kind).contains(FindingKind.UNKNOWN_MESSAGE);
        assertThat(of("foreign").get(0).text()).contains("schema 4712: must be of schema 4711");
    }

    @Test
    void shouldFindAMessageThatTheSchemaDoesNotHave() {
        assertThat(of("unknown")).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.UNKNOWN_MESSAGE);
            assertThat(finding.text()).contains("template 999");
        });
    }

    @Test
    void shouldExplainTheEndThatADriverTookWithIt() {
        assertThat(of("replaced")).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.EXPLAINED_LOSS);
            assertThat(finding.missing()).isEqualTo(new SequenceRange(3, 9));
            assertThat(finding.text()).contains("the media driver died", "control went on in a new log");
        });
    }

    @Test
    void shouldCountWhatIsThereAndWhatIsMissing() {
        assertThat(report.isOk()).isFalse();
        assertThat(report.missingExplained()).isEqualTo(3 + 2 + 7 + 2 + 1);
        assertThat(report.missingUnexplained()).isEqualTo(2 + 3 + 2 + 6 + 1);
        assertThat(report.writerLives()).isEqualTo(14);
        assertThat(report.recordings()).isEqualTo(14);
    }

    private static List<Finding> of(final String name) {
        final int sessionId = SESSION_IDS.getOrDefault(name, 0);
        assertThat(sessionId).isNotZero();
        return findings.stream()
                .filter(finding -> finding.place().sessionId() == sessionId)
                .toList();
    }

    private static WriterLife life(
            final RecordedSession session, final String name, final List<UnsafeBuffer> messages) {
        try (ExclusivePublication writer = session.writer(StreamCatalog.CONTROL_STATE)) {
            SESSION_IDS.put(name, writer.sessionId());
            messages.forEach(message -> session.publish(writer, message));
            session.awaitRecorded(writer);
            return new WriterLife(StreamCatalog.CONTROL_STATE.streamId(), writer.sessionId());
        }
    }

    private static List<UnsafeBuffer> states(final long... sequences) {
        final List<UnsafeBuffer> states = new ArrayList<>();
        for (final long sequence : sequences) {
            states.add(TestMessages.jointState(sequence));
        }
        return states;
    }

    private static UnsafeBuffer loss(
            final NodeId source,
            final long sequence,
            final WriterLife life,
            final long first,
            final long last,
            final LossReason reason) {
        return VerifyMessages.loss(source, sequence, life, first, last, reason);
    }

    private static UnsafeBuffer at(final UnsafeBuffer message, final long period) {
        message.putLong(
                MessageHeaderDecoder.ENCODED_LENGTH + Long.BYTES,
                VerifyMessages.timeNs(period),
                ByteOrder.LITTLE_ENDIAN);
        return message;
    }

    private static UnsafeBuffer header(final UnsafeBuffer message, final int offset, final int content) {
        message.putShort(offset, (short) content, ByteOrder.LITTLE_ENDIAN);
        return message;
    }
}
