package io.tendon.sessionlog.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentFilesTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long TIME_NS = 1_700_000_000_123_456_789L;

    @TempDir
    private Path dir;

    @Test
    void shouldReadWhatWasWrittenInTheOrderOfTime() throws IOException {
        final IncidentFiles files = new IncidentFiles(dir.resolve("incidents"));
        final Incident later = Incident.of(
                IncidentCause.OPERATOR,
                "slipped, \u00fc = : \\ #",
                TIME_NS + SECOND_NS,
                30 * SECOND_NS,
                10 * SECOND_NS);
        final Incident first = Incident.of(IncidentCause.SAFETY_STOP, "stopped", TIME_NS, SECOND_NS, 2 * SECOND_NS);
        files.write(later);
        files.write(first);

        assertThat(files.read(fault -> {})).containsExactly(first, later);
        assertThat(first.id()).isEqualTo("20231114-221320-123-safety-stop");
        assertThat(first.fromNs()).isEqualTo(TIME_NS - SECOND_NS);
        assertThat(first.toNs()).isEqualTo(TIME_NS + 2 * SECOND_NS);
    }

    @Test
    void shouldBeOneLongerIncidentWhenItHappensAgain() throws IOException {
        final IncidentFiles files = new IncidentFiles(dir);
        final Incident once = Incident.of(IncidentCause.MISSED_DEADLINE, "late", TIME_NS, SECOND_NS, 2 * SECOND_NS);
        files.write(once);
        final Incident twice = once.again(TIME_NS + SECOND_NS, 2 * SECOND_NS);
        files.write(twice);

        assertThat(files.read(fault -> {})).containsExactly(twice);
        assertThat(twice.times()).isEqualTo(2);
        assertThat(twice.toNs()).isEqualTo(TIME_NS + 3 * SECOND_NS);
        assertThat(twice.touches(TIME_NS + 3 * SECOND_NS, TIME_NS + 4 * SECOND_NS))
                .isFalse();
        assertThat(twice.touches(TIME_NS - 5 * SECOND_NS, TIME_NS - SECOND_NS)).isTrue();
        assertThat(twice.touches(TIME_NS - 5 * SECOND_NS, TIME_NS - SECOND_NS - 1))
                .isFalse();
    }

    @Test
    void shouldKeepBothWhenSomebodyAsksTwiceWithinAMillisecond() throws IOException {
        final IncidentFiles files = new IncidentFiles(dir.resolve("incidents"));
        final Incident first = Incident.of(IncidentCause.OPERATOR, "first", TIME_NS, SECOND_NS, SECOND_NS);
        final Incident second = Incident.of(IncidentCause.OPERATOR, "second", TIME_NS + 1, SECOND_NS, SECOND_NS);

        assertThat(files.add(first)).isEqualTo(first);
        final Incident added = files.add(second);

        assertThat(added.id()).isEqualTo(second.id() + "-2");
        assertThat(files.read(fault -> {})).containsExactly(first, added);
        assertThat(files.add(second).id()).isEqualTo(second.id() + "-3");
    }

    @Test
    void shouldSayWhichOneCannotBeReadAndReadTheOthers() throws IOException {
        final IncidentFiles files = new IncidentFiles(dir);
        final Incident good = Incident.of(IncidentCause.NODE_DEATH, "control", TIME_NS, 0, SECOND_NS);
        files.write(good);
        for (final String bad : List.of("", "cause=NOTHING\n", "cause=OPERATOR\ntext=x\ntimeNs=1x\n")) {
            Files.writeString(dir.resolve("bad.properties"), bad);
            final List<String> faults = new ArrayList<>();

            assertThat(files.read(faults::add)).containsExactly(good);
            assertThat(faults).singleElement().asString().contains("bad.properties", "delete it to give the range up");
        }
    }

    @Test
    void shouldHoldNothingWhereThereIsNoDirectory() {
        assertThat(new IncidentFiles(dir.resolve("none")).read(fault -> {})).isEmpty();
    }
}
