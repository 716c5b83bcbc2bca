package io.tendon.deploy;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.deploy.figures.AnomalyFigures;
import io.tendon.sessionlog.SessionDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The end of a run: report, summary, exit code. Main thread.
 *
 * @param config of the launch.
 * @param session that ran.
 * @param durationS from control's readiness to the order to stop.
 * @param figures last counters.
 * @param processes all ended.
 * @param supervisor that started some of them again.
 * @param dead the process whose deaths ended the run, if one did.
 */
record RunSummary(
        LaunchConfig config,
        SessionAnchor session,
        double durationS,
        RunFigures figures,
        RobotProcesses processes,
        Supervisor supervisor,
        Optional<NodeProcess> dead) {

    /**
     * Writes the report and prints the summary.
     *
     * @param directory of the session.
     * @return the exit code of the launch.
     */
    int conclude(final SessionDirectory directory) {
        final List<RunReport.NodeExit> exits = processes.all().stream()
                .map(process ->
                        new RunReport.NodeExit(process.name(), process.exitCode(), supervisor.restarts(process.name())))
                .toList();
        final Map<String, Long> recorded = RecordedCounts.of(directory);
        print(recorded);
        config.report().ifPresent(file -> {
            try {
                new RunReport(session.sessionName(), durationS, figures, recorded, exits).write(file);
            } catch (final IOException e) {
                throw new CommandFailure(
                        "report=" + file + ": cannot be written (" + e.getMessage() + "); name another file");
            }
        });
        final boolean isWhole = dead.isEmpty() && exits.stream().allMatch(node -> node.exit() == 0);
        if (!isWhole) {
            printFailure(directory, exits);
        }
        final boolean isSafetyStop = dead.map(node -> node.exitCode() == NodeCommand.EXIT_SAFETY_STOP)
                .orElse(false);
        return isSafetyStop ? NodeCommand.EXIT_SAFETY_STOP : RobotLaunch.exitCode(isWhole, figures.safetyState());
    }

    private void print(final Map<String, Long> recorded) {
        final String data = "--data " + quoted(config.dataDirectory().toString());
        final long recordedInAll =
                recorded.values().stream().mapToLong(Long::longValue).sum();
        RobotLaunch.say(String.format(
                Locale.ROOT,
                "%nRan %.1f s: %d of %d cycles executed, %d missed%s; late p50 %s, p99 %s, p99.9 %s, max %s",
                durationS,
                figures.executed(),
                figures.scheduled(),
                figures.missed(),
                figures.missed() == 0 ? "" : " (" + figures.missedBy().words() + ")",
                StatusLine.duration(figures.lateness().p50Ns()),
                StatusLine.duration(figures.lateness().p99Ns()),
                StatusLine.duration(figures.lateness().p999Ns()),
                StatusLine.duration(figures.lateness().maxNs())));
        RobotLaunch.say(String.format(
                Locale.ROOT,
                "Picked and placed %d, failed %d; %d messages sent, %d lost, %d recorded%s; %s",
                figures.tasksCompleted(),
                figures.tasksFailed(),
                figures.sent(),
                figures.lost(),
                recordedInAll,
                figures.unrecorded(recorded) > 0 ? ", " + figures.unrecorded(recorded) + " NOT RECORDED" : "",
                armState()));
        if (figures.anomalies().count() + figures.anomalies().faultsInjected() > 0) {
            RobotLaunch.say(anomalies(figures.anomalies()));
        }
        figures.refusals().forEach(RobotLaunch::say);
        figures.disagreements().forEach(line -> RobotLaunch.say("LOSSES DO NOT ADD UP: " + line));
        final String restarted = processes.all().stream()
                .filter(process -> supervisor.restarts(process.name()) > 0)
                .map(process -> process.name() + " " + supervisor.restarts(process.name()) + " time(s)")
                .collect(Collectors.joining(", "));
        if (!restarted.isEmpty()) {
            RobotLaunch.say("Started again: " + restarted);
        }
        final String persistence = quoted(config.command("persistence-node").toString());
        RobotLaunch.say("Look at it:");
        RobotLaunch.say("  " + persistence + " sessions " + data);
        RobotLaunch.say("  " + persistence + " info " + data + " --session " + session.sessionName());
        RobotLaunch.say("  " + persistence + " dump " + data + " --session " + session.sessionName()
                + " --stream control.state --count 3");
    }

    private static String anomalies(final AnomalyFigures anomalies) {
        return "Anomalies " + anomalies.count()
                + anomalies
                        .last()
                        .map(last -> " (the last: " + last.words() + ")")
                        .orElse("")
                + "; faults injected into the simulated arm " + anomalies.faultsInjected();
    }

    private String armState() {
        final boolean isControlGone =
                dead.map(node -> "control".equals(node.name())).orElse(false);
        return isControlGone
                ? "control died, the arm is held by its own time-out"
                : "the arm ended " + figures.safetyState();
    }

    /** As a shell takes it for one word. */
    private static String quoted(final String word) {
        return word.matches("[A-Za-z0-9_./:@%+=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private String whyStopped(final NodeProcess node) {
        return supervisor.hasDiedTooOften(node.name())
                ? " for the " + RestartPolicy.MAX_DEATHS + "rd time within a minute"
                : "";
    }

    private void printFailure(final SessionDirectory directory, final List<RunReport.NodeExit> exits) {
        dead.ifPresent(node -> System.err.println(node.name() + ": died (" + Supervisor.exitText(node.exitCode()) + ")"
                + whyStopped(node) + ", so the robot was stopped; its log ends:\n" + node.logTail()));
        processes.killed().forEach(name -> System.err.println(name + ": did not stop when asked and was killed"));
        exits.stream()
                .filter(node -> node.exit() != 0)
                .forEach(node -> System.err.println(node.name() + ": exit code " + node.exit() + ", log "
                        + directory.root().resolve("logs").resolve(node.name() + ".log")));
    }
}
