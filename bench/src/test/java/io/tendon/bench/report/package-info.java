@NullMarked
package io.tendon.bench.report;

import org.jspecify.annotations.NullMarked;
