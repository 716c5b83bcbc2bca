/** Tests of this package. */
@NullMarked
package io.tendon.sessionlog.option;

import org.jspecify.annotations.NullMarked;
