@NullMarked
package io.tendon.bench;

import org.jspecify.annotations.NullMarked;
