package io.tendon.sessionlog.verify;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Notes on time: streams whose rate is not what it should be, writers that fell silent and went on, and how far apart the
 * streams begin and end. None of them means that a message is missing. Stateless; any thread.
 */
final class RateNotes {
    /** Share of the rate by which it may differ. */
    private static final double TOLERANCE = 0.05;

    private static final long LEAST_DURATION_NS = 1_000_000_000L;
    private static final long LEAST_SILENCE_NS = 500_000_000L;
    private static final int SILENT_PERIODS = 20;

    private RateNotes() {}

    /**
     * Takes notes.
     *
     * @param streams of the session.
     * @param lives of its writers.
     * @param log takes them.
     */
    static void add(final List<StreamFigures> streams, final List<LifeFigures> lives, final FindingLog log) {
        final List<StreamFigures> regular = streams.stream()
                .filter(stream -> stream.isRegular() && stream.messages() > 0)
                .toList();
        regular.forEach(stream -> rate(stream, log));
        for (final StreamFigures stream : regular) {
            lives.stream()
                    .filter(life -> life.life().streamId() == stream.streamId())
                    .forEach(life -> silence(life, stream.expectedRatePerS(), log));
        }
        if (regular.size() > 1) {
            skew(regular, log);
        }
    }

    private static void rate(final StreamFigures stream, final FindingLog log) {
        final double expected = stream.expectedRatePerS();
        if (stream.ratePerS() > 0
                && stream.lastNs() - stream.firstNs() >= LEAST_DURATION_NS
                && Math.abs(stream.ratePerS() - expected) > TOLERANCE * expected) {
            log.add(new Finding(
                    FindingKind.RATE,
                    Place.of(stream.streamId(), stream.stream()),
                    new TimeSpan(stream.firstNs(), stream.lastNs()),
                    null,
                    String.format(Locale.ROOT, "%.1f messages a second instead of %.1f", stream.ratePerS(), expected)));
        }
    }

    private static void silence(final LifeFigures life, final double expectedRatePerS, final FindingLog log) {
        final TimeSpan silence = life.silence();
        final double leastNs = Math.max(LEAST_SILENCE_NS, SILENT_PERIODS * 1e9 / expectedRatePerS);
        if (silence.toNs() - silence.fromNs() > leastNs) {
            log.add(new Finding(
                    FindingKind.SILENCE,
                    new Place(
                            life.life().streamId(),
                            life.stream(),
                            Place.UNKNOWN,
                            life.life().sessionId(),
                            Place.UNKNOWN,
                            Place.UNKNOWN),
                    silence,
                    null,
                    "no message for " + silence.lengthText() + ", from " + TimeSpan.instant(silence.fromNs()) + " to "
                            + TimeSpan.instant(silence.toNs()) + ", the longest silence of this writer"));
        }
    }

    private static void skew(final List<StreamFigures> streams, final FindingLog log) {
        final Comparator<StreamFigures> byStart = Comparator.comparingLong(StreamFigures::firstNs);
        final Comparator<StreamFigures> byEnd = Comparator.comparingLong(StreamFigures::lastNs);
        final StreamFigures firstStart = streams.stream().min(byStart).orElseThrow();
        final StreamFigures lastStart = streams.stream().max(byStart).orElseThrow();
        final StreamFigures firstEnd = streams.stream().min(byEnd).orElseThrow();
        final StreamFigures lastEnd = streams.stream().max(byEnd).orElseThrow();
        log.add(new Finding(
                FindingKind.SKEW,
                Place.SESSION,
                new TimeSpan(firstStart.firstNs(), lastEnd.lastNs()),
                null,
                "the regular streams begin within " + TimeSpan.seconds(lastStart.firstNs() - firstStart.firstNs())
                        + " (" + firstStart.stream() + " first, " + lastStart.stream() + " last) and end within "
                        + TimeSpan.seconds(lastEnd.lastNs() - firstEnd.lastNs()) + " (" + firstEnd.stream()
                        + " first, " + lastEnd.stream() + " last)"));
    }
}
