/** Tests of the state against recordings of a real archive, and against a process that is killed. */
@NullMarked
package io.tendon.store.state;

import org.jspecify.annotations.NullMarked;
