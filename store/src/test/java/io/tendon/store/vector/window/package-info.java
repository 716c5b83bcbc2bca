/** Tests of the windows against recordings of a real archive. */
@NullMarked
package io.tendon.store.vector.window;

import org.jspecify.annotations.NullMarked;
