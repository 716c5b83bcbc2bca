package io.tendon.certify.rig;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.cycle.TickLog;
import io.tendon.bus.cycle.TickLogView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PooledLoopTest {
    private static final long PERIOD_NS = 1_000_000;
    private static final long START_NS = 1_700_000_000_000_000_000L;

    @TempDir
    private Path directory;

    private long nowNs = START_NS;

    @Test
    void shouldCountTheTicksOfAStallAsMissedAndNotRunThemAllAfterwards() throws IOException {
        final Path file = directory.resolve("ticks");
        try (TickLog log = TickLog.open(file, PERIOD_NS, START_NS, 1000);
                FlushedFile logFile = FlushedFile.create(directory.resolve("log"));
                FlushedFile indexFile = FlushedFile.create(directory.resolve("index"))) {
            final PooledLoop loop = new PooledLoop(() -> nowNs, log, START_NS, PERIOD_NS, logFile, indexFile);
            tick(loop, 0, 100);
            tick(loop, 1, 200);
            // The pool was busy until tick 48; then it catches up, one call right after the other.
            tick(loop, 48, 300);
            for (int i = 0; i < 46; i++) {
                loop.tick();
            }
            tick(loop, 49, 50);
            logFile.flush();
        }

        try (TickLogView view = new TickLogView(file)) {
            assertThat(view.latenessNs(1)).isEqualTo(200);
            assertThat(view.isMissed(2)).isTrue();
            assertThat(view.latenessNs(2)).isEqualTo(46 * PERIOD_NS + 300);
            assertThat(view.isMissed(47)).isTrue();
            assertThat(view.isMissed(48)).isFalse();
            assertThat(view.latenessNs(49)).isEqualTo(50);
        }
        // Six joints a tick, of four ticks, 16 bytes each.
        assertThat(Files.size(directory.resolve("log"))).isEqualTo(4 * 6 * 16);
    }

    @Test
    void shouldTakeTheStallOnTopOfEachFlush() throws IOException {
        try (FlushedFile file = FlushedFile.create(directory.resolve("log"))) {
            file.append(1, 2);
            file.flush();
            assertThat(file.stalls()).isZero();

            file.stall(2_000_000);
            final long beforeNs = System.nanoTime();
            file.flush();

            assertThat(System.nanoTime() - beforeNs).isGreaterThanOrEqualTo(2_000_000);
            assertThat(file.stalls()).isEqualTo(1);
        }
        assertThat(Files.size(directory.resolve("log"))).isEqualTo(16);
    }

    private void tick(final PooledLoop loop, final int tick, final long lateNs) {
        nowNs = START_NS + tick * PERIOD_NS + lateNs;
        loop.tick();
    }
}
