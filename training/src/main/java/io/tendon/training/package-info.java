/**
 * Learns from recorded sessions what a robot's windows look like when nothing is wrong with it, and writes a model that fusion
 * runs: an autoencoder, as an ONNX file with its manifest and a card that says what it was made of and how well it does. Offline;
 * seeded: the same sessions and the same seed give the same file, byte for byte.
 */
@org.jspecify.annotations.NullMarked
package io.tendon.training;
