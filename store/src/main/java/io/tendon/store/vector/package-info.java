/**
 * Points in the spaces of models, and which of them are near to one: "find this moment again". One flat file of vectors for
 * each model and session, which is scanned whole, and behind a long one a graph that is not exact and faster.
 *
 * <pre>
 *   index/vectors/                 of a session
 *     lock                         held by the one process that appends
 *     log-positions                how far the log of fusion.embedding was taken in (LogPositions)
 *     MODEL-1a2b3c4d.vectors       what was recorded, one file for each model (VectorFileDescriptor)
 *     MODEL-1a2b3c4d.hnsw/         graph over most of it, made when it is long (ApproximateWriter)
 *     derived/                     the same of what was computed from the recording afterwards, such as by `embed`
 * </pre>
 *
 * <p>All of it can be deleted and made again: what was recorded from the log by {@link io.tendon.store.vector.VectorIndex},
 * what was derived by whoever computed it. Read {@link io.tendon.store.vector.VectorFileDescriptor} first, then {@link
 * io.tendon.store.vector.VectorIndex}, which writes, {@link io.tendon.store.vector.SessionVectors}, which reads, and {@link
 * io.tendon.store.vector.MomentSearch}, which answers. Who reads needs no lock and may be another process.
 */
@NullMarked
package io.tendon.store.vector;

import org.jspecify.annotations.NullMarked;
