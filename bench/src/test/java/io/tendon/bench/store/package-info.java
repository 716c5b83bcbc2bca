@NullMarked
package io.tendon.bench.store;

import org.jspecify.annotations.NullMarked;
