@NullMarked
package io.tendon.bench.store.source;

import org.jspecify.annotations.NullMarked;
