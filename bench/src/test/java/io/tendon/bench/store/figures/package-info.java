@NullMarked
package io.tendon.bench.store.figures;

import org.jspecify.annotations.NullMarked;
