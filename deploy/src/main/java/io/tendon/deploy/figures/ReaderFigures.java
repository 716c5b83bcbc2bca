package io.tendon.deploy.figures;

/**
 * One reader of a stream.
 *
 * @param name of the node; {@code recorder} for persistence.
 * @param received messages.
 * @param gaps messages missing.
 */
public record ReaderFigures(String name, long received, long gaps) {}
