package io.tendon.bench.figures;

import io.tendon.bench.chart.Unit;
import io.tendon.bench.report.Bar;
import io.tendon.bench.report.Bar.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One part of what was measured: lines of figures, what they are held to, and pictures. Main thread. */
public final class Section {
    private final String title;
    private final List<Line> lines = new ArrayList<>();
    private final List<Bar> bars = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> pictures = new LinkedHashMap<>();

    /**
     * Nothing is measured yet.
     *
     * @param title what all of its lines are about.
     */
    public Section(final String title) {
        this.title = title;
    }

    /** One that could not be measured, which keeps no bar; what it was to be about, and why, of which the first line counts. */
    public static Section failed(final String what, final String reason) {
        final Section section = new Section(what);
        section.add(new Bar(
                what,
                "to be measured",
                "could not be: " + reason.lines().findFirst().orElse(""),
                Verdict.NOT_MEASURED));
        return section;
    }

    /**
     * What was measured of one thing. Immutable.
     *
     * @param label the thing.
     * @param figures of it; those of one name stand in one column.
     */
    public record Line(String label, List<Figure> figures) {
        /** Copies the list. */
        public Line {
            figures = List.copyOf(figures);
        }
    }

    /** Adds a line. */
    public void add(final String label, final Figure... figures) {
        lines.add(new Line(label, List.of(figures)));
    }

    /** Holds an amount to at most another; one that was not measured keeps no bar. */
    public void atMost(final String what, final Unit unit, final double measured, final double most) {
        bars.add(Bar.atMost(what, unit, measured, most));
    }

    /** Holds an amount to at least another; one that was not measured keeps no bar. */
    public void atLeast(final String what, final Unit unit, final double measured, final double least) {
        bars.add(Bar.atLeast(what, unit, measured, least));
    }

    /** Adds what was held to something elsewhere. */
    public void add(final Bar bar) {
        bars.add(bar);
    }

    /** Says that two ways to the same answer came to equal ones, or did not; nothing compared is not equal. */
    public void equal(final String what, final long compared, final long different) {
        final Verdict verdict = different == 0 ? Verdict.KEPT : Verdict.BROKEN;
        bars.add(new Bar(
                what,
                "equal",
                String.format(Locale.ROOT, "%,d compared, %,d different", compared, different),
                compared > 0 ? verdict : Verdict.NOT_MEASURED));
    }

    /** Adds what a reader must know. */
    public void note(final String text) {
        notes.add(text);
    }

    /** Adds a picture, an SVG. */
    public void picture(final String fileName, final String svg) {
        pictures.put(fileName, svg);
    }

    /** What all of its lines are about. */
    public String title() {
        return title;
    }

    /** Its lines. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** What it is held to. */
    public List<Bar> bars() {
        return List.copyOf(bars);
    }

    /** What a reader must know. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Pictures by the name of their file. */
    public Map<String, String> pictures() {
        return new LinkedHashMap<>(pictures);
    }
}
