package io.tendon.sessionlog.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingLogTest {
    private final FindingLog log = new FindingLog();

    @Test
    void shouldPutErrorsBeforeWarningsBeforeNotesAndThenGoByPlace() {
        log.add(Finding.ofSession(FindingKind.SKEW, "note"));
        log.add(at(FindingKind.UNEXPLAINED_LOSS, 1002, 0));
        log.add(Finding.ofSession(FindingKind.REPLACED_FILE, "warning"));
        log.add(at(FindingKind.DAMAGED_FRAME, 1001, 640));
        log.add(at(FindingKind.DAMAGED_FRAME, 1001, 64));

        assertThat(log.findings())
                .extracting(finding -> finding.kind() + " " + finding.place().fromPosition())
                .containsExactly(
                        "DAMAGED_FRAME 64", "DAMAGED_FRAME 640", "UNEXPLAINED_LOSS 0", "REPLACED_FILE -1", "SKEW -1");
    }

    @Test
    void shouldPutManyOfOneKindTogetherAndLoseNoneOfThem() {
        for (int i = 0; i < 10_000; i++) {
            log.add(at(FindingKind.UNEXPLAINED_LOSS, 1001, i));
        }
        log.add(at(FindingKind.UNEXPLAINED_LOSS, 1002, 0));

        assertThat(log.findings()).hasSize(FindingLog.KEPT + 2);
        assertThat(log.findings()).anySatisfy(finding -> {
            assertThat(finding.place().fromPosition()).isEqualTo(FindingLog.KEPT);
            assertThat(finding.place().toPosition()).isEqualTo(10_000);
            assertThat(finding.text()).contains("9950 more", "9950 messages missing");
        });
    }

    private static Finding at(final FindingKind kind, final int streamId, final long position) {
        return new Finding(
                kind,
                new Place(streamId, "stream", 0, 7, position, position + 1),
                new TimeSpan(position, position + 1),
                new SequenceRange(position, position),
                "text");
    }
}
