/** A day of history, made of a minute that the index took in, and questions to it beside a scan of every row. */
@NullMarked
package io.tendon.bench.store.history;

import org.jspecify.annotations.NullMarked;
