package io.tendon.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/** Whether a person sits at the other end of stdin and stdout. Any thread. */
final class TerminalCheck {
    private static final Path STAT = Path.of("/proc/self/stat");

    private TerminalCheck() {}

    /**
     * Looks.
     *
     * @param environment of the process.
     * @param provider that knows terminals.
     * @return whether text can be redrawn and keys can be read.
     */
    static boolean isInteractive(final Map<String, String> environment, final TerminalProvider provider) {
        return isCapable(environment.getOrDefault("TERM", ""))
                && provider.isSystemStream(SystemStream.Input)
                && provider.isSystemStream(SystemStream.Output)
                && isForeground();
    }

    /** Whether a terminal of that kind can move its cursor. */
    static boolean isCapable(final String term) {
        return !term.isEmpty() && !"dumb".equals(term) && !"unknown".equals(term);
    }

    /** Whether colour is wanted; see no-color.org. */
    static boolean isColourWanted(final Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /**
     * Whether this is the job that the terminal listens to. One that was started with {@code &} would be stopped by the
     * kernel the moment it read a key or changed a mode.
     */
    private static boolean isForeground() {
        try {
            return isForeground(Files.readString(STAT));
        } catch (final IOException e) {
            return true;
        }
    }

    /**
     * As above.
     *
     * @param stat as proc(5) describes /proc/PID/stat: the fifth field is the process group, the eighth the terminal's
     *     foreground group. The second, in parentheses, may hold anything.
     */
    static boolean isForeground(final String stat) {
        final String[] behindName =
                stat.substring(stat.lastIndexOf(')') + 1).trim().split(" +");
        return behindName.length < 6 || behindName[2].equals(behindName[5]);
    }
}
