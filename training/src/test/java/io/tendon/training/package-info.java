@org.jspecify.annotations.NullMarked
package io.tendon.training;
