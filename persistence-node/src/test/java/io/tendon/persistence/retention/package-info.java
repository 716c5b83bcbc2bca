/** Tests of what is deleted to make room, and what stays. */
@NullMarked
package io.tendon.persistence.retention;

import org.jspecify.annotations.NullMarked;
