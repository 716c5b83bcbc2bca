package io.tendon.sessionlog.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.TestMessages;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session that is being recorded: judged as of now, and what may still be explained is no error. */
class LiveSessionTest {
    private static final int PERIODS_BEHIND = 6_000;

    @TempDir
    private Path dir = Path.of("unset");

    @Test
    void shouldWaitForTheExplanationOfALossThatHasJustHappened() throws IOException {
        try (RecordedSession session = new RecordedSession(dir).record(StreamCatalog.CONTROL_STATE);
                ExclusivePublication states = session.writer(StreamCatalog.CONTROL_STATE)) {
            session.publish(states, TestMessages.jointState(0));
            session.publish(states, TestMessages.jointState(3));
            session.awaitRecorded(states);

            final VerifyReport now = SessionVerifier.verify(Session.open(session.live()));

            assertThat(now.isOk()).isTrue();
            assertThat(now.findings())
                    .extracting(Finding::kind)
                    .containsExactlyInAnyOrder(FindingKind.UNEXPLAINED_YET, FindingKind.BEING_RECORDED);

            session.publish(states, TestMessages.jointState(4));
            session.publish(states, TestMessages.event(5, VerifyMessages.timeNs(PERIODS_BEHIND), "later"));
            session.awaitRecorded(states);

            final VerifyReport later = SessionVerifier.verify(Session.open(session.live()));

            assertThat(later.isOk()).isFalse();
            assertThat(later.missingUnexplained()).isEqualTo(2);
            assertThat(later.findings()).extracting(Finding::kind).contains(FindingKind.UNEXPLAINED_LOSS);
        }
    }
}
