/** Nearest neighbours: how long a search takes, and how much of what there is it finds. */
@NullMarked
package io.tendon.bench.store.vector;

import org.jspecify.annotations.NullMarked;
