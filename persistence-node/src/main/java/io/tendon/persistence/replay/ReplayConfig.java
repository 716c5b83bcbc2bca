package io.tendon.persistence.replay;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.recording.TimeRange;
import java.util.Set;

/**
 * What a replay was told, checked once.
 *
 * @param runtime directory of the robot on whose driver, or in whose place, it is heard.
 * @param session to replay.
 * @param range of capture times, ns since the epoch; its ends may be open.
 * @param streamIds of the live streams to replay.
 * @param speed at first.
 * @param isLooping whether it begins again at the end.
 * @param awaitedReaders how many readers must have joined before it begins, 0 to 1000.
 * @param patienceNs how long a message waits for a reader, 0 to 1 h.
 */
public record ReplayConfig(
        RuntimeDirectory runtime,
        Session session,
        TimeRange range,
        Set<Integer> streamIds,
        ReplaySpeed speed,
        boolean isLooping,
        int awaitedReaders,
        long patienceNs) {
    private static final int MAX_READERS = 1000;
    private static final long MAX_PATIENCE_NS = 3_600_000_000_000L;

    /** Checks the ranges. */
    public ReplayConfig {
        streamIds = Set.copyOf(streamIds);
        if (awaitedReaders < 0 || awaitedReaders > MAX_READERS) {
            throw new ConfigException(
                    "await-readers",
                    awaitedReaders,
                    "must be 0 to " + MAX_READERS,
                    "1 waits for the first, such as `fusion-node run --from-replay`");
        }
        if (patienceNs < 0 || patienceNs > MAX_PATIENCE_NS) {
            throw new ConfigException(
                    "patience", Durations.format(patienceNs), "must be 0ms to 1h", "5s is the default");
        }
    }

    /** The range as far as it is known: where it is open, the session's own beginning and end. */
    TimeRange bounds() {
        final long fromNs =
                range.fromNs() == Long.MIN_VALUE ? session.manifest().startedNs() : range.fromNs();
        final long toNs = range.toNs() == Long.MAX_VALUE ? session.manifest().endedNs() + 1 : range.toNs();
        return new TimeRange(fromNs, Math.max(fromNs, toNs));
    }
}
