/**
 * What is said on the bus: the SBE schema {@code tendon-messages.xml}, the codecs generated from it, and its
 * intermediate representation.
 *
 * <p>Read {@code tendon-messages.xml} first; it tells the story of one cycle and the rules by which the schema may grow.
 * Codecs are generated at build time and never committed. A joint state is encoded with {@link
 * io.tendon.schemas.JointStateEncoder} (by control's {@code StatePublisher}) and decoded with {@link
 * io.tendon.schemas.JointStateDecoder}. {@link io.tendon.schemas.MessageSchema} hands out the intermediate
 * representation, with which any message can be read without code of its own, and reads the stamp that every message
 * begins with.
 *
 * <p>Flyweights belong to the thread that made them; nothing here holds state.
 */
@org.jspecify.annotations.NullMarked
package io.tendon.schemas;
