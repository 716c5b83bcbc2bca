@NullMarked
package io.tendon.bench.store.vector;

import org.jspecify.annotations.NullMarked;
