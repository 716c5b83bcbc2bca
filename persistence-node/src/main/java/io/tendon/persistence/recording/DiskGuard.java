package io.tendon.persistence.recording;

import io.aeron.archive.client.ArchiveException;
import io.aeron.exceptions.TimeoutException;
import io.tendon.bus.catalog.RecordingRank;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Stops the recording of streams while the disk fills, whoever fills it, the least valuable rank first, and begins them
 * again when there is room, the most valuable first:
 *
 * <pre>
 *   recorded --- too little room: said ---> leaving --- a look later ---> held --- enough room ---> recorded
 * </pre>
 *
 * Said a look before it is done, so that what is said is recorded even when that is what stops. One rank a look, and none goes
 * on in the look in which one has stopped: who notices that a recording has ended must find it held. One owner thread, which is
 * the archive client's.
 */
final class DiskGuard {
    private static final System.Logger LOG = System.getLogger(DiskGuard.class.getName());

    /** Between two looks at the disk. */
    static final long LOOK_NS = 100_000_000L;

    private static final double NS_PER_S = 1e9;
    private static final List<RecordingRank> RANKS = List.of(RecordingRank.values());

    private final LongSupplier freeBytes;
    private final DiskStages stages;
    private final List<RankedRecording> recordings;
    private final Map<Integer, AtomicCounter> heldCounters;
    private final EpochNanoClock clock;
    private final ErrorHandler errors;
    private final List<RankedRecording> leaving = new ArrayList<>();
    // Written by the owner, read by the indices' thread as well.
    private final Map<Integer, Long> heldSinceNs = new ConcurrentHashMap<>();
    private final Map<Integer, String> resumed = new HashMap<>();
    // Held from the start, when nobody could be told.
    private final Map<Integer, String> unsaid = new LinkedHashMap<>();
    private long nextLookNs;

    /**
     * Holds nothing.
     *
     * @param freeBytes says how much room there is.
     * @param stages of the disk.
     * @param recordings of all streams.
     * @param heldCounters by stream id: 1 while it is held.
     * @param clock of the session.
     * @param errors is told when the archive refuses to begin again.
     */
    DiskGuard(
            final LongSupplier freeBytes,
            final DiskStages stages,
            final Collection<? extends RankedRecording> recordings,
            final Map<Integer, AtomicCounter> heldCounters,
            final EpochNanoClock clock,
            final ErrorHandler errors) {
        this.freeBytes = freeBytes;
        this.stages = stages;
        this.heldCounters = heldCounters;
        this.clock = clock;
        this.errors = errors;
        this.recordings = List.copyOf(recordings);
        heldCounters.values().forEach(counter -> counter.setRelease(0));
    }

    /**
     * Begins to record all streams for which there is room; the others are held without having been recorded, which the first
     * {@link #doWork} says.
     */
    void startAll() {
        final long free = freeBytes.getAsLong();
        for (final RecordingRank rank : RANKS) {
            for (final RankedRecording recording : of(rank)) {
                if (free < stages.stopBelowBytes(rank)) {
                    hold(recording);
                    final String why = why(rank, free);
                    unsaid.put(recording.stream().streamId(), recording.stream().name() + ' ' + why);
                    log(recording, why);
                } else {
                    recording.start();
                }
            }
        }
    }

    /**
     * Looks at the disk when it is time to.
     *
     * @param stops is told of each stream that is to stop, and why.
     * @return what there was to do.
     */
    int doWork(final ObjIntConsumer<String> stops) {
        final long nowNs = clock.nanoTime();
        if (nowNs < nextLookNs) {
            return 0;
        }
        nextLookNs = nowNs + LOOK_NS;
        int work = leaving.size() + unsaid.size();
        unsaid.forEach((streamId, text) -> stops.accept(text, streamId));
        unsaid.clear();
        final boolean hasStopped = !leaving.isEmpty();
        leaving.forEach(RankedRecording::stop);
        leaving.clear();
        final long free = freeBytes.getAsLong();
        for (final RecordingRank rank : RANKS) {
            if (free < stages.stopBelowBytes(rank) && !isHeld(rank)) {
                leave(rank, free, stops);
                return work + 1;
            }
        }
        for (int i = RANKS.size() - 1; i >= 0 && !hasStopped; i--) {
            final RecordingRank rank = RANKS.get(i);
            if (free >= stages.resumeFromBytes(rank) && isAnyHeld(rank)) {
                resume(rank, free);
                work++;
                break;
            }
        }
        return work;
    }

    /** Whether a stream is not to be recorded at present. */
    boolean isHeld(final int streamId) {
        return heldSinceNs.containsKey(streamId);
    }

    /** Whether there is so little room that what can be made again, such as indices, must wait. Any thread. */
    boolean isLow() {
        return isAnyHeld(RecordingRank.DERIVED);
    }

    /**
     * What is to be said with the first recording of a stream that was held.
     *
     * @param streamId of the stream.
     * @return how long and why it was not recorded; empty when that was said, or it was not held.
     */
    String takeResumed(final int streamId) {
        final String text = resumed.remove(streamId);
        return text == null ? "" : text;
    }

    /** Why nothing can be recorded; empty when there is room for the most valuable. */
    String noRoom() {
        final long free = freeBytes.getAsLong();
        final long least = stages.stopBelowBytes(RecordingRank.ESSENTIAL);
        return free < least ? "no space: " + mib(free) + " free, " + mib(least) + " needed to record on" : "";
    }

    private List<RankedRecording> of(final RecordingRank rank) {
        return recordings.stream()
                .filter(recording -> recording.stream().rank() == rank)
                .toList();
    }

    private void mark(final int streamId, final long value) {
        final AtomicCounter counter = heldCounters.get(streamId);
        if (counter != null) {
            counter.setRelease(value);
        }
    }

    private boolean isHeld(final RecordingRank rank) {
        return of(rank).stream().allMatch(recording -> isHeld(recording.stream().streamId()));
    }

    private boolean isAnyHeld(final RecordingRank rank) {
        return of(rank).stream().anyMatch(recording -> isHeld(recording.stream().streamId()));
    }

    private void leave(final RecordingRank rank, final long free, final ObjIntConsumer<String> stops) {
        final String why = why(rank, free);
        for (final RankedRecording recording : of(rank)) {
            final int streamId = recording.stream().streamId();
            if (!isHeld(streamId)) {
                hold(recording);
                leaving.add(recording);
                stops.accept(recording.stream().name() + ' ' + why, streamId);
                log(recording, why);
            }
        }
    }

    private String why(final RecordingRank rank, final long free) {
        return "no space: " + mib(free) + " free, " + mib(stages.stopBelowBytes(rank)) + " needed for " + rank
                + " streams; goes on from " + mib(stages.resumeFromBytes(rank)) + " on";
    }

    private static void log(final RankedRecording recording, final String why) {
        LOG.log(
                System.Logger.Level.ERROR,
                "event=recording-held stream=" + recording.stream().name() + " cause=\"" + why + '"');
    }

    private void hold(final RankedRecording recording) {
        final int streamId = recording.stream().streamId();
        heldSinceNs.put(streamId, clock.nanoTime());
        resumed.remove(streamId);
        mark(streamId, 1);
    }

    private void resume(final RecordingRank rank, final long free) {
        for (final RankedRecording recording : of(rank)) {
            final int streamId = recording.stream().streamId();
            final Long sinceNs = heldSinceNs.get(streamId);
            if (sinceNs != null) {
                try {
                    recording.start();
                } catch (final ArchiveException | TimeoutException e) {
                    // The next look tries again.
                    errors.onError(e);
                    return;
                }
                heldSinceNs.remove(streamId);
                mark(streamId, 0);
                final String text = String.format(
                        Locale.ROOT,
                        "after %.1f s without space, %s free",
                        (clock.nanoTime() - sinceNs) / NS_PER_S,
                        mib(free));
                resumed.put(streamId, text);
                LOG.log(
                        System.Logger.Level.INFO,
                        "event=recording-resumed stream=" + recording.stream().name() + " text=\"" + text + '"');
            }
        }
    }

    private static String mib(final long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
