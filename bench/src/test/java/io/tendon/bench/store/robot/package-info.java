@NullMarked
package io.tendon.bench.store.robot;

import org.jspecify.annotations.NullMarked;
