@org.jspecify.annotations.NullMarked
package io.tendon.control.anomaly;
