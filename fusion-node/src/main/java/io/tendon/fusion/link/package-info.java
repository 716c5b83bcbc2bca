/**
 * Fusion's side of the bus: the only place that sees codecs. Adapters decode into the domain's structs, publishers encode
 * from them.
 *
 * <p>Read {@link io.tendon.fusion.link.JointStateAdapter} for what comes in and {@link
 * io.tendon.fusion.link.SetpointPublisher} for what goes out. On fusion's one thread; allocates nothing after
 * construction; but {@link io.tendon.fusion.link.RecordedStatements}, which is for offline commands.
 */
@NullMarked
package io.tendon.fusion.link;

import org.jspecify.annotations.NullMarked;
