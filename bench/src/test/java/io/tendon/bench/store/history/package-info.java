@NullMarked
package io.tendon.bench.store.history;

import org.jspecify.annotations.NullMarked;
