/**
 * {@code bench/run.sh store}: what the store costs and how fast it answers. {@link io.tendon.bench.store.StoreCommand} is the
 * main; {@link io.tendon.bench.store.StorePart} lists the parts, each in a package of its own.
 */
@NullMarked
package io.tendon.bench.store;

import org.jspecify.annotations.NullMarked;
