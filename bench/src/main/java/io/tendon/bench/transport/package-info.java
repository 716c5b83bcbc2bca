/**
 * The ways from one process to another that are compared: {@link io.tendon.bench.transport.Link} is what all of them can
 * do, {@link io.tendon.bench.transport.Transport} lists them.
 */
@NullMarked
package io.tendon.bench.transport;

import org.jspecify.annotations.NullMarked;
