/**
 * What was measured, as a table, as JSON, as HdrHistogram logs and as a picture; {@link io.tendon.bench.report.Results}
 * holds it.
 */
@NullMarked
package io.tendon.bench.report;

import org.jspecify.annotations.NullMarked;
