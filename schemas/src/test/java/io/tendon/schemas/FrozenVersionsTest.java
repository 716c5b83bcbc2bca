package io.tendon.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.xml.IrGenerator;
import uk.co.real_logic.sbe.xml.MessageSchema;
import uk.co.real_logic.sbe.xml.ParserOptions;
import uk.co.real_logic.sbe.xml.XmlSchemaParser;

/**
 * Holds today's schema against every version that was ever released: what an older writer wrote reads the same today,
 * and what today's writer writes an older reader can skip over.
 */
class FrozenVersionsTest {
    private static final String CURRENT = "/io/tendon/schemas/tendon-messages.xml";

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4})
    void shouldOnlyEverAddToAReleasedVersion(final int version) throws Exception {
        final Ir frozen = ir("/frozen/v" + version + "/tendon-messages.xml");
        final Ir current = ir(CURRENT);

        assertThat(frozen.version()).isEqualTo(version);
        assertThat(current.version()).isGreaterThanOrEqualTo(version);
        for (final List<Token> message : frozen.messages()) {
            final List<Token> today = current.getMessage(message.get(0).id());
            assertThat(today).as("message %s", message.get(0).name()).isNotNull();
            assertGrowsOnlyAtTheEnd(message, today, version);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4})
    void shouldStillDecodeTheBytesThatAReleasedVersionWrote(final int version) throws IOException {
        final Map<String, byte[]> frozen = frozenSamples(version);
        final Map<String, byte[]> today = new Samples().encodeAll();

        assertThat(frozen.keySet()).isSubsetOf(today.keySet());
        final UnsafeBuffer joint = new UnsafeBuffer(Objects.requireNonNull(frozen.get("JointState")));
        final JointStateDecoder decoder = new JointStateDecoder();
        decoder.wrapAndApplyHeader(joint, 0, new MessageHeaderDecoder());
        assertThat(decoder.stamp().sequence()).isEqualTo(11);
        assertThat(decoder.cycle()).isEqualTo(12);
        assertThat(decoder.imuAccelerationMPerS2().z()).isEqualTo(9.81);
        assertThat(decoder.safetyState()).isEqualTo(SafetyState.RUNNING);
        assertThat(decoder.limitedJoints()).isEqualTo(version < 1 ? JointStateDecoder.limitedJointsNullValue() : 0);
        assertThat(decoder.missedHardware()).isEqualTo(version < 3 ? JointStateDecoder.missedHardwareNullValue() : 0);
        assertThat(decoder.anomalyScore()).isNaN();
        assertThat(decoder.inputs().next().toPosition()).isEqualTo(352);
        final JointStateDecoder.JointsDecoder joints = decoder.joints();
        assertThat(joints.count()).isEqualTo(2);
        joints.next();
        assertThat(joints.next().temperatureCelsius()).isEqualTo(31.5f);

        final EventDecoder event = new EventDecoder();
        event.wrapAndApplyHeader(
                new UnsafeBuffer(Objects.requireNonNull(frozen.get("Event"))), 0, new MessageHeaderDecoder());
        assertThat(event.kind()).isEqualTo(EventKind.LIMIT_HIT);
        assertThat(event.anomaly()).isEqualTo(AnomalyKind.NULL_VAL);
        event.inputs();
        assertThat(event.text()).isEqualTo("elbow: velocity limit");

        final SessionDescriptionDecoder description = new SessionDescriptionDecoder();
        description.wrapAndApplyHeader(
                new UnsafeBuffer(Objects.requireNonNull(frozen.get("SessionDescription"))),
                0,
                new MessageHeaderDecoder());
        description.inputs();
        assertThat(description.joints().next().name()).isEqualTo("schulter-\u00fc");
        assertThat(description.robotName()).isEqualTo("tendon6");
        assertThat(description.sessionName()).isEqualTo("20260101-000000-0000");
    }

    @Test
    void shouldReadTheStampOfEveryMessageWithoutKnowingIt() {
        new Samples().encodeAll().forEach((name, bytes) -> {
            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            assertThat(io.tendon.schemas.MessageSchema.isMessage(buffer, 0, bytes.length))
                    .as(name)
                    .isTrue();
            assertThat(io.tendon.schemas.MessageSchema.sequence(buffer, 0))
                    .as(name)
                    .isBetween(11L, 121L);
            assertThat(io.tendon.schemas.MessageSchema.captureTimeNs(buffer, 0))
                    .as(name)
                    .isPositive();
            assertThat(io.tendon.schemas.MessageSchema.source(buffer, 0))
                    .as(name)
                    .isNotEqualTo(NodeId.SBE_UNKNOWN);
        });
        final UnsafeBuffer other = new UnsafeBuffer(new byte[64]);
        assertThat(io.tendon.schemas.MessageSchema.isMessage(other, 0, 64)).isFalse();
    }

    @Test
    void shouldShipAnIntermediateRepresentationOfThisVeryVersion() {
        final byte[] bytes = io.tendon.schemas.MessageSchema.irBytes();
        try (uk.co.real_logic.sbe.ir.IrDecoder decoder =
                new uk.co.real_logic.sbe.ir.IrDecoder(java.nio.ByteBuffer.wrap(bytes))) {
            final Ir ir = decoder.decode();
            assertThat(ir.id()).isEqualTo(JointStateDecoder.SCHEMA_ID);
            assertThat(ir.version()).isEqualTo(JointStateDecoder.SCHEMA_VERSION);
            assertThat(ir.messages()).hasSize(15);
        }
    }

    private static void assertGrowsOnlyAtTheEnd(
            final List<Token> frozen, final List<Token> today, final int frozenVersion) {
        int cursor = 0;
        for (final Token token : frozen) {
            while (!isSame(token, today.get(cursor))) {
                assertThat(today.get(cursor).version())
                        .as("%s stands before %s", today.get(cursor), token)
                        .isGreaterThan(frozenVersion);
                cursor++;
                assertThat(cursor).as("%s is missing today", token).isLessThan(today.size());
            }
            cursor++;
        }
    }

    private static boolean isSame(final Token frozen, final Token today) {
        final boolean isSameThing = frozen.signal() == today.signal()
                && frozen.name().equals(today.name())
                && frozen.id() == today.id()
                && frozen.encoding().primitiveType() == today.encoding().primitiveType();
        // A message's and a group's block may grow; everything else stays where it was, as long as it was.
        final boolean mayGrow = frozen.signal() == Signal.BEGIN_MESSAGE
                || frozen.signal() == Signal.END_MESSAGE
                || frozen.signal() == Signal.BEGIN_GROUP
                || frozen.signal() == Signal.END_GROUP;
        return isSameThing
                && (mayGrow || (frozen.offset() == today.offset() && frozen.encodedLength() == today.encodedLength()));
    }

    private static Ir ir(final String resource) throws Exception {
        try (InputStream in = FrozenVersionsTest.class.getResourceAsStream(resource)) {
            final MessageSchema schema = XmlSchemaParser.parse(
                    Objects.requireNonNull(in, resource),
                    ParserOptions.builder().stopOnError(true).build());
            return new IrGenerator().generate(schema);
        }
    }

    private static Map<String, byte[]> frozenSamples(final int version) throws IOException {
        final Map<String, byte[]> samples = new LinkedHashMap<>();
        try (InputStream in = FrozenVersionsTest.class.getResourceAsStream("/frozen/v" + version + "/samples.hex")) {
            final String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
            for (final String line : new ArrayList<>(text.lines().toList())) {
                final String[] parts = line.split(" ", 2);
                samples.put(parts[0], HexFormat.of().parseHex(parts[1]));
            }
        }
        return samples;
    }
}
