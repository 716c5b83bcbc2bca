/** Tests of this package, on real recordings. */
@NullMarked
package io.tendon.sessionlog.manifest;

import org.jspecify.annotations.NullMarked;
