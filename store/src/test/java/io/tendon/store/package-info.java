/** Tests of the store against recordings of a real archive. */
@NullMarked
package io.tendon.store;

import org.jspecify.annotations.NullMarked;
