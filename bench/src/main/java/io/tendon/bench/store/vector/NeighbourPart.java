package io.tendon.bench.store.vector;

import io.tendon.bench.chart.BarChart;
import io.tendon.bench.chart.Unit;
import io.tendon.bench.figures.Figure;
import io.tendon.bench.figures.Section;
import io.tendon.bench.run.Progress;
import io.tendon.certify.measure.Median;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Searches for the ten nearest: ours, Lucene as it comes, and BLOBs in SQLite, of the same vectors. Main thread. */
public final class NeighbourPart {
    private static final double RECALL_BAR = 0.98;
    private static final int WARM_UP = 5;
    private static final double NS_PER_S = 1e9;

    private final Path data;
    private final List<Integer> counts;
    private final int dimension;
    private final int questions;
    private final Progress progress;
    private final Section section = new Section("ten nearest of so many vectors");
    private final BarChart chart = new BarChart("Ten nearest vectors, one search, median", Unit.NS);

    /**
     * A part.
     *
     * @param data directory for the vectors; its own.
     * @param counts how many vectors, one line each.
     * @param dimension elements of each; a multiple of four.
     * @param questions how many are asked.
     * @param progress takes lines for the user.
     */
    public NeighbourPart(
            final Path data,
            final List<Integer> counts,
            final int dimension,
            final int questions,
            final Progress progress) {
        this.data = data;
        this.counts = List.copyOf(counts);
        this.dimension = dimension;
        this.questions = questions;
        this.progress = progress;
    }

    /** Takes the vectors in, and looks for what is near. */
    public Section measure() throws IOException, SQLException {
        for (final int count : counts) {
            measure(count);
        }
        section.note(
                dimension + " elements each, in clusters; recall against a comparison with each in double precision");
        section.note("H2 MVStore and SQLite have no search for vectors; SQLite's is a scan of BLOBs compared in Java");
        section.picture("store-neighbours.svg", chart.draw());
        return section;
    }

    private void measure(final int count) throws IOException, SQLException {
        final String number = String.format(Locale.ROOT, "%,d", count);
        progress.accept("  " + number + " vectors: taken in");
        final VectorRig rig = new VectorRig(data, count, dimension, questions, progress);
        progress.accept("  " + number + " vectors: nearest by definition");
        final List<Neighbours> nearest = new ArrayList<>();
        for (final float[] question : rig.questions()) {
            progress.requireWanted();
            nearest.add(Neighbours.of(rig.vectors(), question));
        }
        progress.accept("  " + number + " vectors: searched");
        try (TendonSearcher ours = new TendonSearcher(rig.session())) {
            final String way = ours.hasGraph() ? "Tendon, graph" : "Tendon, comparing each";
            final double recall = search(number + ": " + way, ours, rig, nearest, rig.takenInNs() / NS_PER_S, 0);
            section.atLeast("recall@10 of " + number + " vectors", Unit.RATIO, recall, RECALL_BAR);
            if (ours.hasGraph()) {
                final double exactNs = ours.exactNs(Math.min(30, questions));
                section.add(number + ": Tendon, comparing each", Figure.ns("p50", exactNs));
                chart.add(number + ": Tendon, comparing each", exactNs, Double.NaN, 0);
            }
        }
        final double[] openedNs = new double[Math.min(30, questions)];
        for (int i = 0; i < openedNs.length; i++) {
            progress.requireWanted();
            final long beginNs = System.nanoTime();
            try (TendonSearcher opened = new TendonSearcher(rig.session())) {
                opened.search(rig.questions().get(i));
            }
            openedNs[i] = System.nanoTime() - beginNs;
        }
        section.add(number + ": Tendon, opened for one search", Figure.ns("p50", Median.of(Arrays.stream(openedNs))));
        try (LuceneSearcher lucene = new LuceneSearcher(data.resolve("lucene-" + count), rig.vectors())) {
            search(number + ": Lucene, one graph", lucene, rig, nearest, lucene.builtNs() / NS_PER_S, 1);
        }
        try (SqliteSearcher sqlite = new SqliteSearcher(data.resolve("vectors-" + count + ".sqlite"), rig.vectors())) {
            search(number + ": SQLite, BLOBs compared", sqlite, rig, nearest, Double.NaN, 2);
        }
    }

    /** Gives the share of the nearest that were found. */
    private double search(
            final String label,
            final VectorSearcher searcher,
            final VectorRig rig,
            final List<Neighbours> nearest,
            final double builtS,
            final int colour)
            throws IOException, SQLException {
        for (int i = 0; i < Math.min(WARM_UP, questions); i++) {
            searcher.search(rig.questions().get(i));
        }
        final double[] ns = new double[rig.questions().size()];
        long found = 0;
        for (int i = 0; i < ns.length; i++) {
            progress.requireWanted();
            final long beginNs = System.nanoTime();
            final List<Integer> numbers = searcher.search(rig.questions().get(i));
            ns[i] = System.nanoTime() - beginNs;
            found += nearest.get(i).among(numbers);
        }
        Arrays.sort(ns);
        final double recall = found / (double) (Neighbours.K * ns.length);
        final double medianNs = Median.of(Arrays.stream(ns));
        section.add(
                label,
                Figure.ns("p50", medianNs),
                Figure.ns("p99", ns[(int) (0.99 * (ns.length - 1))]),
                Figure.ratio("recall@10", recall),
                Figure.ns("built in", builtS * NS_PER_S));
        chart.add(label, medianNs, Double.NaN, colour);
        return recall;
    }
}
