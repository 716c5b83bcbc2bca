/**
 * What Tendon's parts cost, each beside its floor and beside what a Java user would otherwise pick, measured in the same
 * run: {@link io.tendon.bench.BenchCommand} is the one command. Figures of one machine at one time; what can be compared
 * are the ratios within a run. Not shipped: the peers are no part of Tendon.
 */
@NullMarked
package io.tendon.bench;

import org.jspecify.annotations.NullMarked;
