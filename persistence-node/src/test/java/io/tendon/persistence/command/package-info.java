/** Tests of what a person types. */
@NullMarked
package io.tendon.persistence.command;

import org.jspecify.annotations.NullMarked;
