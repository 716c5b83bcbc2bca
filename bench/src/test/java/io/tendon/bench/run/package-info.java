@NullMarked
package io.tendon.bench.run;

import org.jspecify.annotations.NullMarked;
