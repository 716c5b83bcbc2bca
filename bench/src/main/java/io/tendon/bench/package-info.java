/**
 * Benchmarks with JMH, each beside its floor in the same run: {@code java -jar bench/target/benchmarks.jar}. Figures of
 * one machine at one time; what can be compared are the ratios within a run.
 */
@NullMarked
package io.tendon.bench;

import org.jspecify.annotations.NullMarked;
