@NullMarked
package io.tendon.bench.figures;

import org.jspecify.annotations.NullMarked;
