package io.tendon.sessionlog.manifest;

/**
 * What was published on a stream behind the end of its recordings, so that no gap in a recording shows it: the recorder
 * had stopped before its writers did. Known to the recorder alone, when it ends; not to be had from the archive.
 *
 * @param streamId of the stream.
 * @param streamName of the stream, as in the catalog of streams.
 * @param messages as the writers counted them; 0 when only bytes are known.
 * @param bytes of the writers' logs, frame headers included; 0 when they are not known.
 */
public record UnrecordedTail(int streamId, String streamName, long messages, long bytes) {}
