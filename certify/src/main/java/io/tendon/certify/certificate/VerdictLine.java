package io.tendon.certify.certificate;

/**
 * One promise, its bar, and what was measured. Immutable.
 *
 * @param line what is promised.
 * @param bar what it has to be.
 * @param value what it was.
 * @param isKept whether the bar was held.
 */
public record VerdictLine(String line, String bar, String value, boolean isKept) {}
