/**
 * Holds README.md's table "I want to…" to what it says. A new row wants an entry in {@link
 * io.tendon.deploy.it.readme.RowExpectations}, and nothing else.
 */
package io.tendon.deploy.it.readme;
