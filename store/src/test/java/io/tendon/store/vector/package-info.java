/** Tests of the vectors: files on disk, searches against naive ones, recordings of a real archive. */
@NullMarked
package io.tendon.store.vector;

import org.jspecify.annotations.NullMarked;
