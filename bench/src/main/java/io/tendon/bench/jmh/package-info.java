/**
 * Single operations in one thread, with JMH. {@link io.tendon.bench.jmh.OperationBenchmarks} runs them in rounds; one alone
 * runs with {@code java -jar bench/target/benchmarks.jar NAME}.
 */
@NullMarked
package io.tendon.bench.jmh;

import org.jspecify.annotations.NullMarked;
