/** Tests of this package, on real recordings. */
@NullMarked
package io.tendon.sessionlog.json;

import org.jspecify.annotations.NullMarked;
