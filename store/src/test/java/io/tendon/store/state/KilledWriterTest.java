package io.tendon.store.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.TestJvm;
import io.tendon.sessionlog.TestMessages;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes into the map, again and again, and looks at what the next one finds. */
class KilledWriterTest {
    private static final int KILLS = 10;
    private static final int LONGEST_MS = 400;
    private static final StateLimits LIMITS = new StateLimits(64, 1_280);

    @TempDir
    private Path data;

    @Test
    void shouldBeSetAsideAndEqualTheLogAfterEachKill() throws IOException, InterruptedException {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        record();
        final List<StateValue> expected;
        try (StateStore store = open(new ArrayList<>())) {
            catchUp(store);
            expected = store.list("");
        }
        assertThat(expected).hasSizeGreaterThan(10);
        for (int kill = 0; kill < KILLS; kill++) {
            final boolean hasWritten = writeAndKill(random, kill % 4 != 3);
            final List<String> notices = new ArrayList<>();
            try (StateStore store = open(notices)) {
                catchUp(store);
                assertThat(store.list("")).as("kill %d", kill).isEqualTo(expected);
            }
            if (hasWritten) {
                assertThat(notices).singleElement().asString().contains("was not closed in order; set aside");
            }
        }
    }

    @Test
    void shouldBeAsItWasLeftAfterAnOrderlyStop() throws IOException, InterruptedException {
        record();
        final Process writer = launch();
        try (BufferedReader out = writer.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo(KilledWriter.READY);
            writer.toHandle().destroy();
            assertThat(writer.waitFor()).isZero();
        }
        final List<String> notices = new ArrayList<>();
        try (StateStore store = open(notices)) {
            assertThat(store.isBegunAnew()).isFalse();
            assertThat(store.get(new StateKey(KilledWriter.LAST_KEY))).isNotNull();
        }
        assertThat(notices).isEmpty();
    }

    /** Whether it had begun to write; some are killed while they open, which takes about a second. */
    private boolean writeAndKill(final Random random, final boolean isOpenFirst)
            throws IOException, InterruptedException {
        final Process writer = launch();
        boolean hasWritten = false;
        try (BufferedReader out = writer.inputReader(StandardCharsets.UTF_8)) {
            if (isOpenFirst) {
                assertThat(out.readLine()).isEqualTo(KilledWriter.READY);
                Thread.sleep(random.nextInt(LONGEST_MS));
            } else {
                Thread.sleep(random.nextInt(4 * LONGEST_MS));
            }
            // Not Process.destroyForcibly, which closes what is still to be read.
            writer.toHandle().destroyForcibly();
            assertThat(writer.waitFor()).as("exit code of who was killed").isEqualTo(128 + 9);
            hasWritten = isOpenFirst || out.readLine() != null;
        }
        return hasWritten;
    }

    private Process launch() throws IOException {
        // As this JVM was started: what Chronicle Map must be allowed is among it.
        final List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--") || argument.startsWith("-D"))
                .toList();
        return TestJvm.command(
                        options,
                        KilledWriter.class,
                        data.toString(),
                        Integer.toString(LIMITS.entries()),
                        Integer.toString(LIMITS.contentBytes()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private StateStore open(final List<String> notices) {
        return StateStore.open(data, LIMITS, notices::add);
    }

    private void catchUp(final StateStore store) {
        new StateCatchUp(store, data, notice -> {}).run(session -> true, () -> false);
    }

    private void record() {
        try (RecordedArchive archive = new RecordedArchive(new SessionDirectory(data, "s1").root())) {
            archive.record(StreamCatalog.CONTROL_STATE.streamId(), StreamCatalog.CONTROL_STATE.name(), 1);
            archive.record(StreamCatalog.STATE_ENTRY.streamId(), StreamCatalog.STATE_ENTRY.name(), 1);
            final ExclusivePublication states = archive.publication(StreamCatalog.CONTROL_STATE.streamId());
            final ExclusivePublication entries = archive.publication(StreamCatalog.STATE_ENTRY.streamId());
            for (int i = 0; i < 200; i++) {
                archive.publish(states, TestMessages.jointState(i));
                archive.publish(
                        entries,
                        StateMessages.entry(i, TestMessages.START_NS + i, "object/" + i % 20, "{\"i\":" + i + '}'));
            }
            archive.awaitRecorded(states, 1);
            archive.awaitRecorded(entries, 1);
        }
    }
}
