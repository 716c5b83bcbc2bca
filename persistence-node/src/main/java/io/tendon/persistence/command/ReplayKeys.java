package io.tendon.persistence.command;

import io.tendon.console.Console;
import io.tendon.persistence.replay.ReplayAction;
import org.jspecify.annotations.Nullable;

/** What a key asks of a replay. Stateless; any thread. */
final class ReplayKeys {
    /** The keys, for a person, in lines. */
    static final String[] HELP = {
        "space pause, go on   . or right while it stands: one control cycle   left right 5 s   PgUp PgDn 60 s",
        "home end   + - speed   l loop   q quit   ? these lines"
    };

    private ReplayKeys() {}

    /**
     * What a key means.
     *
     * @param key as {@link Console#readKey} gives it.
     * @param isPaused whether the replay stands still.
     * @return null when it means nothing.
     */
    static @Nullable ReplayAction action(final int key, final boolean isPaused) {
        return switch (key) {
            case ' ' -> ReplayAction.PAUSE_OR_RESUME;
            case '.' -> ReplayAction.STEP;
            case Console.KEY_RIGHT -> isPaused ? ReplayAction.STEP : ReplayAction.FORWARD;
            case Console.KEY_LEFT -> ReplayAction.BACK;
            case Console.KEY_PAGE_DOWN -> ReplayAction.FAR_FORWARD;
            case Console.KEY_PAGE_UP -> ReplayAction.FAR_BACK;
            case Console.KEY_HOME -> ReplayAction.TO_START;
            case Console.KEY_END -> ReplayAction.TO_END;
            case '+', '=' -> ReplayAction.FASTER;
            case '-' -> ReplayAction.SLOWER;
            case 'l', 'L' -> ReplayAction.LOOP;
            case 'q', 'Q' -> ReplayAction.QUIT;
            default -> null;
        };
    }
}
