/** Tests of what becomes an incident. */
@NullMarked
package io.tendon.persistence.incident;

import org.jspecify.annotations.NullMarked;
