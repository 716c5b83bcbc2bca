/**
 * What was measured, part by part: as a table, as JSON and as pictures; {@link io.tendon.bench.figures.Section} holds
 * one part of it.
 */
@NullMarked
package io.tendon.bench.figures;

import org.jspecify.annotations.NullMarked;
