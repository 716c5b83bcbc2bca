package io.tendon.store.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far each writer's log is taken in, by session and publication key. One owner thread. */
final class TakenIn {
    private final Map<String, Map<Long, Long>> positions = new HashMap<>();

    /** As it was stored. */
    void putAll(final Map<String, Map<Long, Long>> stored) {
        stored.forEach((session, ofSession) -> positions.put(session, new HashMap<>(ofSession)));
    }

    long position(final String session, final long publicationKey) {
        return positions.getOrDefault(session, Map.of()).getOrDefault(publicationKey, 0L);
    }

    void position(final String session, final long publicationKey, final long position) {
        positions.computeIfAbsent(session, name -> new HashMap<>()).put(publicationKey, position);
    }

    void retainSessions(final List<String> sessions) {
        positions.keySet().retainAll(sessions);
    }

    /** To be stored. */
    Map<String, Map<Long, Long>> all() {
        return positions;
    }
}
