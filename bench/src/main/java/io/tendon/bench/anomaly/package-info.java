/** How well anomalies are found: a simulated arm at work, faults and gaps of given seeds, and detectors beside each other. */
@org.jspecify.annotations.NullMarked
package io.tendon.bench.anomaly;
