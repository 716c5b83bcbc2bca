/** Tests of the history against recordings of a real archive. */
@NullMarked
package io.tendon.store.history;

import org.jspecify.annotations.NullMarked;
