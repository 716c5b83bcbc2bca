package io.tendon.sessionlog.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.TestJvm;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.recording.RepairLedger;
import io.tendon.sessionlog.verify.RecordedSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repair that is killed at any moment, and run again, leaves what one leaves that was not. */
class RepairKillTest {
    private static final int KILLS = Integer.getInteger("tendon.repairKills", 8);
    private static final int MESSAGES = 300;

    @TempDir
    private Path dir = Path.of("unset");

    @Test
    void shouldEndInTheSameWhenItWasKilledAtAnyMoment() throws IOException, InterruptedException {
        final SessionDirectory damaged = damaged();
        final SessionDirectory expected = LogMutationTest.copy(damaged, dir.resolve("expected"));
        final long beganNs = System.nanoTime();
        final Process whole = launch(expected);
        awaitLine(whole, "begins");
        final long readyNs = System.nanoTime();
        assertThat(whole.waitFor()).isZero();
        final long durationNs = System.nanoTime() - readyNs;
        assertThat(readyNs).isGreaterThan(beganNs);
        final Map<String, String> content = content(expected);
        assertThat(content.get(RepairLedger.FILE_NAME)).contains("lost ");
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        int killed = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            final SessionDirectory copy = LogMutationTest.copy(damaged, dir.resolve("killed"));
            final Process process = launch(copy);
            awaitLine(process, "begins");
            LockSupport.parkNanos((long) (random.nextDouble() * durationNs));
            process.destroyForcibly();
            killed += process.waitFor() == 0 ? 0 : 1;

            final LogRepairReport report = LogRepair.run(copy, false, SystemEpochClock.INSTANCE);

            assertThat(report.verified().isOk())
                    .as("seed=%d kill=%d", seed, kill)
                    .isTrue();
            assertThat(content(copy)).as("seed=%d kill=%d", seed, kill).isEqualTo(content);
        }
        assertThat(killed).isPositive();
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
        return session;
    }

    private static Process launch(final SessionDirectory session) throws IOException {
        return TestJvm.command(List.of(), RepairingProcess.class, session.data().toString(), session.sessionId())
                .redirectErrorStream(true)
                .start();
    }

    private static void awaitLine(final Process process, final String wanted) throws IOException {
        final List<String> lines = new ArrayList<>();
        final BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.equals(wanted)) {
                return;
            }
        }
        throw new AssertionError("the process did not begin: " + lines);
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
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace("kind=lost", "lost "));
                } else if (!name.endsWith(".tmp")) {
                    content.put(
                            session.root().relativize(file).toString(),
                            Integer.toHexString(java.util.Arrays.hashCode(Files.readAllBytes(file))));
                }
            }
        }
        return content;
    }
}
