package io.tendon.store.vector.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.store.StoreException;
import io.tendon.store.vector.MomentSearch;
import io.tendon.store.vector.SessionVectors;
import io.tendon.store.vector.VectorFilter;
import io.tendon.store.vector.VectorMatch;
import io.tendon.store.vector.VectorOrigin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Embeds a session in which a motion comes twice. */
class WindowEmbedderTest {
    private static final long SEED = 31;
    private static final long WINDOW_NS = 1_000_000_000L;
    private static final long STEP_NS = 500_000_000L;

    @TempDir
    private Path dir;

    private final List<String> notices = new ArrayList<>();

    @Test
    void shouldFindTheMotionAgain() {
        final Session session = record(true);
        final WindowEmbedder.Result result = embed(session);
        assertThat(result.model()).isEqualTo("window-stats-1-1s");
        assertThat(result.dimension()).isEqualTo((3 * 3 + 7) * 3);
        assertThat(result.windows()).isEqualTo(RecordedMotion.SECONDS * 2L);

        try (SessionVectors vectors = SessionVectors.open(session.directory(), notices::add)) {
            assertThat(vectors.models())
                    .singleElement()
                    .satisfies(model -> assertThat(model.origin()).isEqualTo(VectorOrigin.DERIVED));
            final long startedNs = session.manifest().startedNs();
            for (final double intoMotionS : new double[] {0.75, 1.5, 2.25, 3}) {
                final long askedNs = startedNs + (long) ((RecordedMotion.MOTION_S[0] + intoMotionS) * 1e9);
                final List<VectorMatch> found = new MomentSearch(List.of(vectors))
                        .likeTime(vectors, askedNs, null, 3, VectorFilter.ALL)
                        .found();
                final double expectedS = RecordedMotion.MOTION_S[1] + intoMotionS;
                assertThat((found.get(0).entry().fromNs() + WINDOW_NS / 2 - startedNs) / 1e9)
                        .as("seed %d, %.2f s into the motion", SEED, intoMotionS)
                        .isCloseTo(expectedS, within(0.5));
                assertThat(found.get(0).similarity()).isGreaterThan(0.99);
            }
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldMakeTheSameAgainInPlaceOfWhatWasThere() {
        final Session session = record(true);
        embed(session);
        final List<VectorMatch> before = all(session);
        embed(session);

        assertThat(all(session)).isEqualTo(before).isNotEmpty();
    }

    @Test
    void shouldSayWhatIsMissingWhenTheRobotWasNeverDescribed() {
        final Session session = record(false);

        assertThatThrownBy(() -> embed(session))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("has no description of the robot");
    }

    private List<VectorMatch> all(final Session session) {
        try (SessionVectors vectors = SessionVectors.open(session.directory(), notices::add)) {
            return new MomentSearch(List.of(vectors))
                    .likeTime(vectors, session.manifest().startedNs() + 20 * WINDOW_NS, null, 1_000, VectorFilter.ALL)
                    .found();
        }
    }

    private WindowEmbedder.Result embed(final Session session) {
        return new WindowEmbedder(session, WINDOW_NS, STEP_NS, DamageListener.IGNORED, notices::add).embed();
    }

    private Session record(final boolean isDescribed) {
        final SessionDirectory directory = new SessionDirectory(dir, "20260101-120000-1a2b");
        new RecordedMotion(directory.root(), SEED, isDescribed).close();
        return Session.open(directory);
    }
}
