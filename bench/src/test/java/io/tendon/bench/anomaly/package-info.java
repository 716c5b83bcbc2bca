@org.jspecify.annotations.NullMarked
package io.tendon.bench.anomaly;
