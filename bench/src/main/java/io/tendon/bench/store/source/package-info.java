/** Messages like those of a robot, and vectors like those of a model, made without one. */
@NullMarked
package io.tendon.bench.store.source;

import org.jspecify.annotations.NullMarked;
