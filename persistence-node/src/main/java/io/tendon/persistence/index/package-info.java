/**
 * The indices of the session that is being recorded, built behind the recorder on a thread of their own: neither the
 * recorder nor any writer waits for them, and what goes wrong with them concerns them alone.
 */
@NullMarked
package io.tendon.persistence.index;

import org.jspecify.annotations.NullMarked;
