package io.tendon.store.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values in memory alone, without a bound: what is read from the recordings for one answer. One owner thread. */
final class HeapStateTable implements StateTable {
    private final Map<StateKey, StateValue> values = new HashMap<>();
    private final TakenIn takenIn = new TakenIn();

    @Override
    public PutOutcome put(final StateValue value) {
        final StateValue known = values.get(value.key());
        if (known != null && !value.isLaterThan(known)) {
            return PutOutcome.OLDER;
        }
        values.put(value.key(), value);
        return PutOutcome.STORED;
    }

    @Override
    public long position(final String session, final long publicationKey) {
        return takenIn.position(session, publicationKey);
    }

    @Override
    public void position(final String session, final long publicationKey, final long position) {
        takenIn.position(session, publicationKey, position);
    }

    @Override
    public void retainSessions(final List<String> sessions) {
        takenIn.retainSessions(sessions);
    }

    /** Everything, by key; what was removed among it. */
    Map<StateKey, StateValue> values() {
        return values;
    }
}
