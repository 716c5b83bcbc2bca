package io.tendon.bus.query;

import io.tendon.schemas.QueryKind;

/**
 * A question as it came. Immutable; any thread.
 *
 * @param queryId that the answer repeats.
 * @param answerSessionId of the log that the answer is written to.
 * @param kind of the question.
 * @param text by kind.
 * @param askedNs when it was asked, ns since the epoch.
 * @param timeoutNs how long the answer is waited for.
 */
public record Question(long queryId, int answerSessionId, QueryKind kind, String text, long askedNs, long timeoutNs) {}
