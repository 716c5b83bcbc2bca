/**
 * What was measured of the store, as a table, as JSON and as pictures; {@link io.tendon.bench.store.figures.Section} holds
 * one part of it.
 */
@NullMarked
package io.tendon.bench.store.figures;

import org.jspecify.annotations.NullMarked;
