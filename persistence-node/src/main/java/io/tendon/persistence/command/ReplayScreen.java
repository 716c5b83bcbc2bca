package io.tendon.persistence.command;

import io.tendon.console.Console;
import io.tendon.console.Style;
import io.tendon.persistence.replay.ReplayAction;
import io.tendon.persistence.replay.ReplayControl;
import io.tendon.persistence.replay.ReplayProgress;
import io.tendon.persistence.replay.ReplayRun;
import org.jspecify.annotations.Nullable;

/** Shows a replay on a terminal and takes keys, on a thread of its own that a hanging terminal may hold. */
final class ReplayScreen implements ReplayRun.Observer {
    private static final long REFRESH_MS = 100;
    private static final long END_TIMEOUT_MS = 1_000;

    private final Console console;
    private final Style style;
    private @Nullable Thread thread;
    private boolean isHelpWanted;
    // Written by the replay's thread, read by this one's.
    private volatile boolean isEnding;

    /**
     * A screen that shows nothing yet.
     *
     * @param console that is interactive; its owner closes it after the replay.
     */
    ReplayScreen(final Console console) {
        this.console = console;
        this.style = new Style(console.hasColour());
    }

    @Override
    public void onBegin(final ReplayControl control) {
        final Thread begun = new Thread(() -> show(control), "replay-screen");
        begun.setDaemon(true);
        begun.start();
        thread = begun;
    }

    @Override
    public void onEnd() {
        isEnding = true;
        final Thread ending = thread;
        if (ending != null) {
            try {
                ending.join(END_TIMEOUT_MS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void show(final ReplayControl control) {
        while (!isEnding) {
            draw(control);
            take(console.readKey(REFRESH_MS), control);
        }
        draw(control);
    }

    private void draw(final ReplayControl control) {
        final ReplayProgress progress = control.progress();
        if (progress != null) {
            console.show(ReplayScreenText.lines(progress, console.columns(), isHelpWanted, style));
        }
    }

    private void take(final int key, final ReplayControl control) {
        if (key == '?') {
            isHelpWanted = !isHelpWanted;
            return;
        }
        final ReplayProgress progress = control.progress();
        final ReplayAction action = ReplayKeys.action(key, progress != null && progress.isPaused());
        if (action != null) {
            control.ask(action);
        }
    }
}
