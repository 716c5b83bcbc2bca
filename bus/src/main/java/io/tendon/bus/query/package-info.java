/**
 * Questions to the store of a robot that runs, over the bus: a command asks on query.request, and the answer comes on a log
 * of its own, so that one that is not read holds nobody but itself.
 *
 * <pre>
 *   QueryClient  --Query--&gt;   query.request   --&gt; QueryReader  (in persistence)
 *                &lt;--Answer-- query.response  &lt;-- AnswerWriter
 * </pre>
 *
 * <p>Read {@link io.tendon.bus.query.QueryClient} first. Nothing here is for a loop: both sides wait.
 */
@NullMarked
package io.tendon.bus.query;

import org.jspecify.annotations.NullMarked;
