package io.tendon.training;

import java.util.List;
import java.util.Locale;

/** What a model was made of and how it does, for people. Any thread. */
final class ModelCard {
    private ModelCard() {}

    /**
     * A session that went in.
     *
     * @param id of it.
     * @param windows of it, without left-out samples.
     * @param behindGap of those that were within {@link ScoreLimits#WINDOWS} windows of a gap.
     */
    record Data(String id, int windows, int behindGap) {}

    /** Its text, as Markdown. */
    static String text(
            final TrainingSettings settings,
            final TrainingShape shape,
            final TrainedModel model,
            final String sha256,
            final List<Data> data) {
        final StringBuilder text = new StringBuilder();
        add(text, "# %s", settings.name());
        add(text, "");
        add(
                text,
                "An autoencoder of windows of the arm `%s`: it squeezes %d numbers through %d and makes them again; how far it is",
                shape.robot().name(),
                model.scales().elements(),
                settings.code());
        add(text, "off is the score. It has only seen an arm that is well. Written by `training/run.sh`.");
        add(text, "");
        add(text, "| | |");
        add(text, "|---|---|");
        add(
                text,
                "| layers | %d-%d-%d-%d-%d, tanh behind the first and the third |",
                model.scales().elements(),
                settings.hidden(),
                settings.code(),
                settings.hidden(),
                model.scales().elements());
        add(text, "| file | `%s.onnx`, SHA-256 `%s` |", settings.name(), sha256);
        add(
                text,
                "| trained | %d epochs, seed %d, Adam, mean of the squared differences |",
                settings.epochs(),
                settings.seed());
        add(text, "| learnt from | %,d windows, mean score %.4f |", model.learntRows(), model.learntError());
        add(
                text,
                "| held back | %,d windows (every fourth 20 s), mean score %.4f |",
                model.heldRows(),
                model.heldError());
        add(
                text,
                "| highest score of those held back | %.2f of what those that it learnt from allow |",
                model.heldHighest());
        add(
                text,
                "| threshold | %.3f, that is %.2f times the highest score of an arm that is well; %.1f in the window in which a"
                        + " gap ends, falling over %d windows, that is %.2f times the highest score there |",
                model.threshold().usual(),
                settings.margin(),
                model.threshold().of(0),
                model.threshold().afterGap().size(),
                settings.gapMargin());
        add(text, "");
        data(text, settings, data);
        limits(text);
        return text.toString();
    }

    private static void data(final StringBuilder text, final TrainingSettings settings, final List<Data> data) {
        add(text, "## Data");
        add(
                text,
                "Sessions recorded by Tendon, each read twice: as it is, and with %.0f %% of its samples left out.",
                100 * settings.dropped());
        add(text, "");
        add(text, "| session | windows | of these within 80 windows of a gap |");
        add(text, "|---|---|---|");
        for (final Data session : data) {
            add(text, "| %s | %,d | %,d |", session.id(), session.windows(), session.behindGap());
        }
        add(text, "");
    }

    private static void limits(final StringBuilder text) {
        add(text, "## Limits");
        add(
                text,
                "- It knows this robot at this work in this cell, as far as the sessions show it. Other work looks like a fault to it;");
        add(text, "  fusion takes it by itself only for the robot and the cell whose files it was trained with.");
        add(
                text,
                "- It judges only windows in which the arm follows set-points; after a hold, only when it has done so for 1.5 s again.");
        add(text, "- A fault that was there in the sessions is nothing strange to it.");
        add(text, "- It says that a window is strange, not what is wrong with it.");
    }

    private static void add(final StringBuilder text, final String format, final Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
