package io.tendon.persistence.command;

import io.tendon.persistence.replay.ReplayControl;
import io.tendon.persistence.replay.ReplayProgress;
import io.tendon.persistence.replay.ReplayRun;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says every few seconds how a replay goes, where there is no terminal to show it on. On a thread of its own. */
final class ReplayProgressLines implements ReplayRun.Observer {
    private static final long PERIOD_S = 2;

    private final PrintWriter err;
    private final CountDownLatch ended = new CountDownLatch(1);

    ReplayProgressLines(final PrintWriter err) {
        this.err = err;
    }

    @Override
    public void onBegin(final ReplayControl control) {
        final Thread thread = new Thread(() -> report(control), "replay-progress");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void onEnd() {
        ended.countDown();
    }

    private void report(final ReplayControl control) {
        try {
            while (!ended.await(PERIOD_S, TimeUnit.SECONDS)) {
                final ReplayProgress progress = control.progress();
                if (progress != null) {
                    err.println(line(progress));
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One line for a person. */
    static String line(final ReplayProgress progress) {
        return String.format(
                Locale.ROOT,
                "%8.1fs of %.1fs  speed %s  %7.0f msg/s  late %.1fms  lost %d",
                progress.positionNs() / 1e9,
                progress.totalNs() / 1e9,
                progress.speed().text(),
                progress.messagesPerS(),
                progress.latenessNs() / 1e6,
                progress.lost());
    }
}
