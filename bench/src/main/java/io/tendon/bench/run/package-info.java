/**
 * What the commands have in common: where they measure, {@link io.tendon.bench.run.BenchOptions}, and that a stop leaves nothing
 * behind, {@link io.tendon.bench.run.StoppableRun} in its {@link io.tendon.bench.run.RunPlace}.
 */
@NullMarked
package io.tendon.bench.run;

import org.jspecify.annotations.NullMarked;
