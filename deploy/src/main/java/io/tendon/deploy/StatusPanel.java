package io.tendon.deploy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.console.Console;
import io.tendon.console.Style;
import io.tendon.deploy.figures.FigureHistory;
import io.tendon.deploy.figures.RobotFigures;
import io.tendon.deploy.figures.RobotRates;
import io.tendon.deploy.figures.RobotReader;
import io.tendon.deploy.panel.LivePanel;
import io.tendon.deploy.panel.Panel;
import io.tendon.deploy.panel.PanelContent;
import io.tendon.deploy.panel.StatusJson;
import java.io.IOException;
import java.io.StringWriter;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How a robot does that runs already, from its counters, recorded files and {@code /proc} alone: any number may look, and no node
 * notices. Main thread.
 */
@Command(
        name = "tendon-status",
        description = {
            "Shows how a robot does that runs already: processes, loops, arm, task, streams, disk, events.",
            "On a terminal it goes on until q is pressed; else it prints once. It only reads: no node notices."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = NodeCommand.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "1:no session runs", "2:the command line cannot be used"})
public final class StatusPanel implements Callable<Integer> {
    /** Between the two readings that rates are made of. */
    private static final long INTERVAL_MS = 1_000;

    private static final int COLUMNS_WITHOUT_TERMINAL = 120;

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(names = "--once", description = "Print once and end (default where there is no terminal).")
    private boolean isOnce;

    @Option(names = "--json", description = "Print once, as one JSON object.")
    private boolean isJson;

    /** Called by {@link #main} and Picocli. */
    public StatusPanel() {}

    /**
     * Shows the robot.
     *
     * @param args see {@code --help}.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(new StatusPanel(), args));
    }

    @Override
    public Integer call() throws IOException {
        final RuntimeDirectory directory = RuntimeDirectory.of(options.name());
        if (isJson) {
            System.out.println(json(read(directory)));
            return NodeCommand.EXIT_OK;
        }
        return show(directory, isOnce);
    }

    /**
     * Shows a robot on the terminal, or once where there is none.
     *
     * @param directory of the robot.
     * @param isOnce whether once is enough on a terminal, too.
     * @return the exit code.
     */
    static int show(final RuntimeDirectory directory, final boolean isOnce) {
        try (Console console = Console.open()) {
            if (console.isInteractive() && !isOnce) {
                new LivePanel(console, directory, PanelDisplay.controlCommand(PanelDisplay.home()), false)
                        .run(() -> false);
                return NodeCommand.EXIT_OK;
            }
            final int columns = console.isInteractive() ? console.columns() : COLUMNS_WITHOUT_TERMINAL;
            final Panel panel = new Panel(new Style(console.hasColour()), ZoneId.systemDefault());
            panel.drawOnce(read(directory), columns).forEach(System.out::println);
            return NodeCommand.EXIT_OK;
        }
    }

    private static PanelContent read(final RuntimeDirectory directory) {
        final FigureHistory history = new FigureHistory();
        try (RobotReader reader = new RobotReader(directory)) {
            // The first reading loads classes and opens files, and takes its time.
            figures(reader, directory);
            history.add(figures(reader, directory));
            TimeUnit.MILLISECONDS.sleep(INTERVAL_MS);
            final RobotFigures figures = figures(reader, directory);
            final RobotRates rates = history.add(figures);
            return new PanelContent(
                    figures,
                    rates,
                    reader.events(),
                    PanelDisplay.controlCommand(PanelDisplay.home()),
                    directory.nameOption());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        }
    }

    private static RobotFigures figures(final RobotReader reader, final RuntimeDirectory directory) {
        return reader.read().orElseThrow(() -> new CommandFailure(directory.notRunningMessage()));
    }

    private static String json(final PanelContent content) throws IOException {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            StatusJson.write(json, content);
        }
        return text.toString();
    }
}
