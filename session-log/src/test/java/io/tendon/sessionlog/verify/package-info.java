/** Tests of what makes a session whole, on archives recorded for them and on figures made by hand. */
@NullMarked
package io.tendon.sessionlog.verify;

import org.jspecify.annotations.NullMarked;
