/** Tests of the replay. */
@NullMarked
package io.tendon.persistence.replay;

import org.jspecify.annotations.NullMarked;
