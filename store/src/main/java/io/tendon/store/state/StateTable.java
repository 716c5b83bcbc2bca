package io.tendon.store.state;

import java.util.List;

/** What takes in values, and how far each log has been taken in. One thread writes. */
interface StateTable {
    /**
     * Takes in a value, unless what is known of its key is later.
     *
     * @param value of any session; taking it in twice changes nothing.
     * @return what became of it.
     */
    PutOutcome put(StateValue value);

    /**
     * How far a writer's log is taken in.
     *
     * @param session that it is part of.
     * @param publicationKey of the writer's life.
     * @return position from which on messages are new; 0 when none are known.
     */
    long position(String session, long publicationKey);

    /** Forgets how far sessions were taken in that are not there any more; what they said stays known. */
    void retainSessions(List<String> sessions);

    /** Says how far a writer's log is taken in, once the values before are. */
    void position(String session, long publicationKey, long position);
}
