package io.tendon.sessionlog.repair;

import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.manifest.ManifestRebuilder;
import io.tendon.sessionlog.manifest.MessageTally;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.TallyListener;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts the messages of a session again, once its log was repaired. One owner thread. */
final class ManifestRecount {
    private static final TallyListener UNHEARD = new TallyListener() {
        @Override
        public void onMessage(final RecordedMessage message) {
            // Counted by the tally.
        }

        @Override
        public void onGap(final RecordedMessage message, final long firstSequence, final long lastSequence) {
            // Counted by the tally.
        }
    };

    private final SessionDirectory directory;
    private final List<RecordingDescriptor> recordings;

    ManifestRecount(final SessionDirectory directory, final List<RecordingDescriptor> recordings) {
        this.directory = directory;
        this.recordings = recordings;
    }

    /** A manifest from the archive alone. */
    SessionManifest rebuilt() {
        return new ManifestRebuilder(directory).rebuild(recordings, DamageListener.IGNORED);
    }

    /** The same manifest with what is there now; how far sequence numbers were used up stays known. */
    SessionManifest counted(final SessionManifest manifest) {
        final Map<Long, RecordingEntry> before = new HashMap<>();
        final Map<Long, Long> usedUp = new HashMap<>();
        for (final RecordingEntry entry : manifest.recordings()) {
            before.put(entry.recordingId(), entry);
            usedUp.merge(key(entry), entry.nextSequence(), Math::max);
        }
        final List<RecordingEntry> entries = new ArrayList<>();
        try (MessageTally tally = new MessageTally(directory.archive(), DamageListener.IGNORED, UNHEARD)) {
            recordings.forEach(tally::update);
            tally.pollAll();
            entries.addAll(tally.entries());
        }
        final Map<Long, Long> counted = new HashMap<>();
        final Map<Long, Integer> last = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            counted.merge(key(entries.get(i)), entries.get(i).nextSequence(), Math::max);
            last.put(key(entries.get(i)), i);
        }
        for (int i = 0; i < entries.size(); i++) {
            final RecordingEntry entry = entries.get(i);
            final long behind = last.getOrDefault(key(entry), -1) == i
                    ? usedUp.getOrDefault(key(entry), 0L) - counted.getOrDefault(key(entry), 0L)
                    : 0;
            final RecordingEntry old = before.get(entry.recordingId());
            entries.set(
                    i,
                    entry.counted(
                            entry.messages(),
                            entry.missing() + Math.max(0, behind),
                            entry.countedPosition(),
                            behind > 0 ? usedUp.getOrDefault(key(entry), 0L) : entry.nextSequence(),
                            old == null ? entry.stopPosition() : old.stopPosition()));
        }
        return manifest.withRecordings(entries, manifest.endedNs());
    }

    private static long key(final RecordingEntry entry) {
        return ((long) entry.streamId() << 32) | (entry.sessionId() & 0xFFFF_FFFFL);
    }
}
