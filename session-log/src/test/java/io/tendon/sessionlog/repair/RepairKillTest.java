package io.tendon.sessionlog.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.recording.DiskSteps;
import io.tendon.sessionlog.recording.PurgeLedger;
import io.tendon.sessionlog.recording.RepairLedger;
import io.tendon.sessionlog.verify.RecordedSession;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repair that is killed before any change that it makes to the disk, and run again, leaves what one leaves that was not. */
class RepairKillTest {
    private static final int MESSAGES = 300;
    private static final int MAX_STEPS = 1_000;

    @TempDir
    private Path dir = Path.of("unset");

    @Test
    void shouldEndInTheSameWhereverItWasKilled() throws IOException {
        final SessionDirectory damaged = damaged();
        final SessionDirectory expected = LogMutationTest.copy(damaged, dir.resolve("expected"));
        final List<String> steps = new ArrayList<>();
        LogRepair.run(expected, false, SystemEpochClock.INSTANCE, steps::add);
        final Map<String, String> content = content(expected);
        assertThat(content.get(RepairLedger.FILE_NAME)).contains("kind=lost", "kind=restored");
        assertThat(steps).hasSizeBetween(30, MAX_STEPS);
        for (int kill = 0; kill < steps.size(); kill++) {
            final SessionDirectory copy = LogMutationTest.copy(damaged, dir.resolve("killed"));
            final Kill before = new Kill(kill);
            assertThatThrownBy(() -> LogRepair.run(copy, false, SystemEpochClock.INSTANCE, before))
                    .isInstanceOf(Kill.Killed.class);

            final LogRepairReport report = LogRepair.run(copy, false, SystemEpochClock.INSTANCE);

            assertThat(report.verified().isOk())
                    .as("killed before: %s", steps.get(kill))
                    .isTrue();
            assertThat(content(copy)).as("killed before: %s", steps.get(kill)).isEqualTo(content);
        }
    }

    /** Ends a repair as the end of its process does: what it has written is there, and nothing more is. */
    private static final class Kill implements DiskSteps {
        private int stepsLeft;

        Kill(final int stepsLeft) {
            this.stepsLeft = stepsLeft;
        }

        @Override
        public void before(final String what) {
            if (stepsLeft-- == 0) {
                throw new Killed(what);
            }
        }

        /** No handler of the repair's own takes it for something that happens. */
        private static final class Killed extends Error {
            @Serial
            private static final long serialVersionUID = 1L;

            Killed(final String what) {
                super(what);
            }
        }
    }

    private SessionDirectory damaged() throws IOException {
        final SessionDirectory session;
        try (RecordedSession recorded = new RecordedSession(dir)) {
            recorded.record(StreamCatalog.CONTROL_STATE, StreamCatalog.CONTROL_EVENT);
            try (ExclusivePublication states = recorded.writer(StreamCatalog.CONTROL_STATE);
                    ExclusivePublication events = recorded.writer(StreamCatalog.CONTROL_EVENT)) {
                for (int i = 0; i < MESSAGES; i++) {
                    recorded.publish(states, TestMessages.jointState(i));
                    recorded.publish(events, TestMessages.event(i));
                }
                recorded.awaitRecorded(states);
                recorded.awaitRecorded(events);
            }
            session = recorded.stop();
        }
        final Path archive = session.archive();
        new Mutation(Mutation.Kind.ZERO_PAGE, archive.resolve("0-0.rec"), 8192, 0).apply();
        new Mutation(Mutation.Kind.FLIP, archive.resolve("0-0.rec"), 32_000, 4).apply();
        new Mutation(Mutation.Kind.CUT, archive.resolve("0-131072.rec"), 20_000, 0).apply();
        new Mutation(Mutation.Kind.REMOVE, archive.resolve("0-65536.rec"), 0, 0).apply();
        new Mutation(Mutation.Kind.FLIP, archive.resolve("1-0.rec"), 6, 255).apply();
        new Mutation(Mutation.Kind.FLIP, archive.resolve("archive.catalog"), 100, 16).apply();
        new Mutation(Mutation.Kind.REMOVE, session.schema(), 0, 0).apply();
        Files.writeString(archive.resolve(PurgeLedger.FILE_NAME), "\nnobody wrote this\n");
        return session;
    }

    /** All files but for when they were repaired and what a crash leaves beside them. */
    private static Map<String, String> content(final SessionDirectory session) throws IOException {
        final Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(session.root())) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final String name = String.valueOf(file.getFileName());
                if (name.equals(RepairLedger.FILE_NAME)) {
                    content.put(
                            name,
                            RepairLedger.of(session.repair()).ranges().stream()
                                    .map(range -> range.toString().replaceAll("repairedMs=\\d+", ""))
                                    .sorted()
                                    .toList()
                                    .toString()
                                    .toLowerCase(Locale.ROOT));
                } else if (!name.endsWith(".tmp")) {
                    content.put(
                            session.root().relativize(file).toString(),
                            Integer.toHexString(Arrays.hashCode(Files.readAllBytes(file))));
                }
            }
        }
        return content;
    }
}
