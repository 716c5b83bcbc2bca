package io.tendon.store.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.schemas.EmbeddingKind;
import io.tendon.sessionlog.recording.TimeRange;
import io.tendon.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Moments in two sessions. Their vectors turn slowly in a plane, a window of a second every half second, once around in
 * twenty seconds; so each moment comes again after twenty.
 */
class MomentSearchTest {
    private static final long STEP_NS = 500_000_000L;
    private static final long WINDOW_NS = 1_000_000_000L;
    private static final int STEPS_PER_TURN = 40;
    private static final int TURNS = 5;

    @TempDir
    private Path dir;

    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        write("s1", "turns", "");
        write("s2", "turns", "second session");
    }

    @Test
    void shouldGiveEachMomentOnceAndNotTheOneThatIsAskedAbout() {
        try (SessionVectors s1 = open("s1")) {
            final MomentSearch.Moments moments =
                    new MomentSearch(List.of(s1)).likeTime(s1, at(50), null, TURNS - 1, VectorFilter.ALL);

            final VectorMatch asked = Objects.requireNonNull(moments.asked());
            assertThat(moments.found())
                    .extracting(match -> stepOf(match.entry()) % STEPS_PER_TURN)
                    .containsOnly(stepOf(asked.entry()) % STEPS_PER_TURN);
            assertThat(moments.found()).hasSize(TURNS - 1).allMatch(match -> match.similarity() > 0.999999);
            assertThat(moments.found()).doesNotContain(asked);
        }
    }

    @Test
    void shouldFindTheSameTimeInAnotherSession() {
        try (SessionVectors s1 = open("s1");
                SessionVectors s2 = open("s2")) {
            final List<VectorMatch> found = new MomentSearch(List.of(s1, s2))
                    .likeTime(s1, at(50), null, 2 * TURNS - 1, VectorFilter.ALL)
                    .found();

            assertThat(found).hasSize(2 * TURNS - 1).allMatch(match -> match.similarity() > 0.999999);
            assertThat(found.stream().filter(match -> match.session().equals("s2")))
                    .hasSize(TURNS);
        }
    }

    @Test
    void shouldGiveNoTwoMomentsThatOverlapHoweverManyAreAskedFor() {
        try (SessionVectors s1 = open("s1")) {
            final List<VectorMatch> found = new MomentSearch(List.of(s1))
                    .likeTime(s1, at(50), null, 1_000, VectorFilter.ALL)
                    .found();

            assertThat(found).hasSizeGreaterThan(STEPS_PER_TURN * TURNS / 3);
            final List<Integer> steps =
                    found.stream().map(match -> stepOf(match.entry())).sorted().toList();
            for (int i = 1; i < steps.size(); i++) {
                assertThat(steps.get(i) - steps.get(i - 1))
                        .as("a window takes two steps")
                        .isGreaterThanOrEqualTo(2);
            }
        }
    }

    @Test
    void shouldFilterByTimeAndLabelAndKind() {
        final TimeRange firstTwoTurns = new TimeRange(Long.MIN_VALUE, at(2 * STEPS_PER_TURN));
        try (SessionVectors s1 = open("s1");
                SessionVectors s2 = open("s2")) {
            final MomentSearch search = new MomentSearch(List.of(s1, s2));
            assertThat(search.likeTime(s1, at(50), null, 1_000, new VectorFilter(firstTwoTurns, null, null, null))
                            .found())
                    .isNotEmpty()
                    .allMatch(match -> match.entry().fromNs() < firstTwoTurns.toNs());
            assertThat(search.likeTime(
                                    s1,
                                    at(50),
                                    null,
                                    1_000,
                                    new VectorFilter(TimeRange.ALL, "second session", null, null))
                            .found())
                    .isNotEmpty()
                    .allMatch(match -> match.session().equals("s2"));
            assertThatThrownBy(() -> search.likeTime(
                            s1, at(50), null, 10, new VectorFilter(TimeRange.ALL, null, EmbeddingKind.OBJECT, null)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("has no OBJECT vector near that moment");
        }
    }

    @Test
    void shouldFindALabelAndSayWhichThereAreWhenItIsNone() {
        try (SessionVectors s1 = open("s1");
                SessionVectors s2 = open("s2")) {
            final MomentSearch search = new MomentSearch(List.of(s1, s2));
            assertThat(search.likeLabel("tenth", null, 1, VectorFilter.ALL).found())
                    .singleElement()
                    .satisfies(match -> assertThat(match.entry().label()).isEqualTo("tenth"));
            assertThatThrownBy(() -> search.likeLabel("mug", null, 1, VectorFilter.ALL))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the labels are second session, tenth")
                    .hasMessageContaining("no text model is installed");
        }
    }

    @Test
    void shouldAskWhichModelWhenTheMomentHasVectorsOfSeveral() throws IOException {
        write("s1", "others", "");
        try (SessionVectors s1 = open("s1")) {
            final MomentSearch search = new MomentSearch(List.of(s1));
            assertThatThrownBy(() -> search.likeTime(s1, at(50), null, 10, VectorFilter.ALL))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("others, turns; choose one with --model");
            assertThat(search.likeTime(s1, at(50), "others", 10, VectorFilter.ALL)
                            .found())
                    .isNotEmpty()
                    .allMatch(match -> match.model().equals("others"));
        }
    }

    @Test
    void shouldSayThatThereIsNoVectorOfAMomentThatIsFarFromAll() {
        try (SessionVectors s1 = open("s1")) {
            assertThatThrownBy(() -> new MomentSearch(List.of(s1))
                            .likeTime(s1, at(STEPS_PER_TURN * TURNS + 10), null, 1, VectorFilter.ALL))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("embed --session s1");
        }
    }

    private static long at(final int step) {
        return TestVectors.START_NS + step * STEP_NS;
    }

    private static int stepOf(final VectorEntry entry) {
        return (int) ((entry.fromNs() - TestVectors.START_NS) / STEP_NS);
    }

    private void write(final String session, final String model, final String label) throws IOException {
        final VectorDirectory directory = directory(session);
        Files.createDirectories(directory.root());
        try (VectorFileWriter writer = VectorFileWriter.create(
                directory.file(model, VectorOrigin.RECORDED),
                VectorFileHeader.create(model, 2, VectorOrigin.RECORDED))) {
            for (int step = 0; step < STEPS_PER_TURN * TURNS; step++) {
                final double angle = 2 * Math.PI * (step % STEPS_PER_TURN) / STEPS_PER_TURN;
                writer.append(
                        new VectorEntry(
                                TestVectors.STREAM_ID,
                                7,
                                step * 64L,
                                step * 64L + 64,
                                at(step),
                                at(step) + WINDOW_NS,
                                at(step) + WINDOW_NS,
                                EmbeddingKind.WINDOW,
                                step == 10 && label.isEmpty() ? "tenth" : label),
                        new float[] {(float) Math.cos(angle), (float) Math.sin(angle)});
            }
            writer.commit();
        }
    }

    private SessionVectors open(final String session) {
        return SessionVectors.open(session, directory(session), notices::add);
    }

    private VectorDirectory directory(final String session) {
        return VectorDirectory.in(dir.resolve(session));
    }
}
