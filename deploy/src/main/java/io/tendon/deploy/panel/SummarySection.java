package io.tendon.deploy.panel;

import io.tendon.console.Style;
import io.tendon.deploy.figures.Amount;
import io.tendon.deploy.figures.AnomalyFigures;
import io.tendon.deploy.figures.ArmFigures;
import io.tendon.deploy.figures.DurabilityFigures;
import io.tendon.deploy.figures.ModelFigures;
import io.tendon.deploy.figures.RobotFigures;
import io.tendon.deploy.figures.RobotRates;
import io.tendon.deploy.figures.StreamFigures;
import io.tendon.deploy.figures.TaskFigures;
import io.tendon.schemas.SafetyState;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Arm, task, model, bus, device and disk, a line each. Pure. */
final class SummarySection {
    private static final double SHORT_HOURS = 1;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private SummarySection() {}

    static List<String> lines(final PanelContent content, final ZoneId zone, final Style style) {
        final RobotFigures figures = content.figures();
        final List<String> lines = new ArrayList<>();
        lines.add(label("ARM", style) + arm(figures.arm(), style));
        anomalies(figures.arm().anomalies(), zone, style).forEach(text -> lines.add(label("", style) + text));
        remedy(content).ifPresent(command -> lines.add(label("", style) + style.bold("type: " + command)));
        lines.add(label("TASK", style) + task(figures.task(), style));
        model(figures.model(), style).ifPresent(text -> lines.add(label("MODEL", style) + text));
        lines.add(label("BUS", style) + bus(figures, content.rates(), style));
        lines.add(label("FLUSH", style) + flush(figures, style));
        lines.add(label("DISK", style) + disk(figures, content.rates(), style));
        held(figures).ifPresent(names -> lines.add(label("", style) + style.red("NOT RECORDED, disk full: " + names)));
        return lines;
    }

    private static String arm(final ArmFigures arm, final Style style) {
        final String state = String.valueOf(arm.safetyState());
        final String shown = arm.isLatched()
                ? style.red(state + ", latched")
                : arm.safetyState() == SafetyState.RUNNING ? style.green(state) : style.yellow(state);
        return shown + "  anomaly score " + score(arm.anomalies(), style) + "  limits hit " + arm.limitsHit()
                + "  set-points rejected " + arm.setpointsRejected();
    }

    private static String score(final AnomalyFigures anomalies, final Style style) {
        final String score = Amount.multiple(anomalies.score());
        return anomalies.score() >= 1 ? style.yellow(score) : score;
    }

    /** Lines when there is something to say. */
    private static List<String> anomalies(final AnomalyFigures anomalies, final ZoneId zone, final Style style) {
        final List<String> words = new ArrayList<>();
        anomalies
                .last()
                .ifPresent(last -> words.add(style.yellow("anomalies " + anomalies.count() + ", last "
                        + TIME.withZone(zone).format(Instant.ofEpochMilli(anomalies.lastAtMs())) + ": "
                        + last.words())));
        if (anomalies.faultsInjected() > 0) {
            words.add("faults injected " + anomalies.faultsInjected());
        }
        return words;
    }

    /** What ends the state, if a person's command does. */
    private static Optional<String> remedy(final PanelContent content) {
        final ArmFigures arm = content.figures().arm();
        if (!content.figures().isLive()) {
            return Optional.empty();
        }
        if (arm.isLatched()) {
            return Optional.of(content.controlCommand() + " reset" + content.nameOption());
        }
        return arm.safetyState() == SafetyState.HOLDING
                ? Optional.of(content.controlCommand() + " resume" + content.nameOption())
                : Optional.empty();
    }

    private static String task(final TaskFigures task, final Style style) {
        return task.step() + "  done " + task.completed() + "  "
                + (task.failed() > 0 ? style.yellow("failed " + task.failed()) : "failed 0") + "  windows incomplete "
                + task.windowsIncomplete();
    }

    /** Nothing, of a fusion without a model. */
    private static Optional<String> model(final ModelFigures model, final Style style) {
        final String state = model.state().name();
        return switch (model.state()) {
            case NONE -> Optional.empty();
            case ISOLATED -> Optional.of(style.red(state) + judged(model, style));
            case JUDGING -> Optional.of(state + judged(model, style));
        };
    }

    private static String judged(final ModelFigures model, final Style style) {
        return "  " + model.judged() + ", above " + model.above() + "  " + some("late", model.late(), style) + "  "
                + some("skipped", model.skipped(), style) + "  p50 " + Amount.duration(model.p50Ns()) + " p99 "
                + Amount.duration(model.p99Ns()) + " max " + Amount.duration(model.maxNs());
    }

    private static String some(final String what, final long count, final Style style) {
        final String text = what + ' ' + count;
        return count > 0 ? style.yellow(text) : text;
    }

    private static String bus(final RobotFigures figures, final RobotRates rates, final Style style) {
        final double lagMs = figures.streams().stream()
                .mapToDouble(rates::lagMs)
                .filter(Double::isFinite)
                .max()
                .orElse(Double.NaN);
        return Amount.whole(rates.messagesPerS()) + " msg/s  " + lost("refused", figures.refused(), style) + "  "
                + lost("gaps", figures.gaps(), style)
                + (figures.disagreements().isEmpty() ? "" : "  " + style.red("LOSSES DO NOT ADD UP"))
                + "  lag "
                + Amount.bytes((double) figures.lagBytes()) + ", " + Amount.whole(lagMs) + " ms";
    }

    private static String flush(final RobotFigures figures, final Style style) {
        final DurabilityFigures durability = figures.durability();
        final String level = durability.isNone() ? style.yellow("none before the end") : durability.level();
        final String behind = level + "  to device " + Amount.bytes((double) figures.durableLagBytes());
        return durability.maxNs() == 0
                ? behind
                : behind + ", p50 " + Amount.duration(durability.p50Ns()) + " p99 "
                        + Amount.duration(durability.p99Ns()) + " p99.9 " + Amount.duration(durability.p999Ns())
                        + " max " + Amount.duration(durability.maxNs());
    }

    private static Optional<String> held(final RobotFigures figures) {
        final String names = figures.streams().stream()
                .filter(StreamFigures::isHeld)
                .map(stream -> stream.stream().name())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    private static String disk(final RobotFigures figures, final RobotRates rates, final Style style) {
        final double hours = rates.hoursLeft(figures.disk());
        final String left = "full in " + Amount.hours(hours);
        return "free " + Amount.bytes((double) figures.disk().freeBytes()) + ", "
                + (hours < SHORT_HOURS ? style.red(left) : left) + "  session "
                + Amount.bytes((double) figures.disk().usedBytes()) + ", " + Amount.bytes(rates.bytesPerS())
                + "/s  index lag "
                + Amount.count(figures.disk().indexLagMs()) + " ms";
    }

    private static String lost(final String what, final long count, final Style style) {
        final String text = what + ' ' + count;
        return count > 0 ? style.red(text) : text;
    }

    private static String label(final String text, final Style style) {
        return style.dim(String.format(Locale.ROOT, "%-5s", text)) + ' ';
    }
}
