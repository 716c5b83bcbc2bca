/** Pictures of figures, as self-contained SVG: bars, curves, and curves by percentile. Any one thread. */
@NullMarked
package io.tendon.bench.chart;

import org.jspecify.annotations.NullMarked;
