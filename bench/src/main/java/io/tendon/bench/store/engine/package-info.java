/** The same joint states in our history, in SQLite and in H2's MVStore: taken in, looked up by time, and summed up. */
@NullMarked
package io.tendon.bench.store.engine;

import org.jspecify.annotations.NullMarked;
