/** Tests of how a session is begun and gone on with. */
@NullMarked
package io.tendon.persistence.session;

import org.jspecify.annotations.NullMarked;
