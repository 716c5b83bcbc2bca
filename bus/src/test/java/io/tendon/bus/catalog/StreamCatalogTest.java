package io.tendon.bus.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.ConfigException;
import io.tendon.schemas.NodeId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamCatalogTest {
    static Stream<StreamDescriptor> streams() {
        return StreamCatalog.all().stream();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldUseAtMostHalfOfTheBoundAtWhichAStalledReaderHoldsTheWriter(final StreamDescriptor stream) {
        assertThat(StreamSizing.boundShare(stream)).isLessThanOrEqualTo(0.5);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldSurviveAStallOfTwentySecondsWithoutLoss(final StreamDescriptor stream) {
        assertThat(StreamSizing.losslessStallS(
                        stream.termLengthBytes(), stream.messagesPerSecond(), stream.messageLengthBytes()))
                .isGreaterThan(20.0);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldKeepAwayFromTheArchivesOwnStreamIdsAndFitIntoOneFrame(final StreamDescriptor stream) {
        assertThat(stream.streamId()).isGreaterThanOrEqualTo(1000);
        assertThat(stream.messageLengthBytes()).isLessThanOrEqualTo(StreamDescriptor.MAX_MESSAGE_BYTES);
        assertThat(Integer.bitCount(stream.termLengthBytes())).isEqualTo(1);
    }

    @Test
    void shouldSurviveAStallOfHalfAMinuteOnJointState() {
        final StreamDescriptor stream = StreamCatalog.CONTROL_STATE;

        assertThat(StreamSizing.losslessStallS(stream.termLengthBytes(), 1000, MessageLengths.jointState(6, 1)))
                .isGreaterThan(30.0);
    }

    @Test
    void shouldComputeTheBoundAsMeasured() {
        // Terms of 16 MiB carried 2.0 times 0.431 MB/s without a refusal and were refused at 3.2 times, measured.
        final int frameBytes = 431 - 32;
        assertThat(StreamSizing.boundShare(16 << 20, 2000, frameBytes)).isBetween(0.95, 1.05);
        assertThat(StreamSizing.boundShare(16 << 20, 3200, frameBytes)).isGreaterThan(1.5);
    }

    @Test
    void shouldRefuseARateThatBreaksTheRuleAndNameOneThatDoesNot() {
        final int lengthBytes = MessageLengths.jointState(16, 1);

        assertThatThrownBy(() -> StreamSizing.requireSafe(StreamCatalog.CONTROL_STATE, 10_000, lengthBytes))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("control.state rate=10000/s")
                .hasMessageContaining("must use less than all of the bound")
                .hasMessageContaining("lower the rate to");
    }

    @Test
    void shouldHaveUniqueIdsAndNames() {
        assertThat(StreamCatalog.all()).extracting(StreamDescriptor::streamId).doesNotHaveDuplicates();
        assertThat(StreamCatalog.all()).extracting(StreamDescriptor::name).doesNotHaveDuplicates();
    }

    @Test
    void shouldNameTheNearestStreamWhenOneIsMistyped() {
        assertThatThrownBy(() -> StreamCatalog.byName("control.sate"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("did you mean control.state?");
        assertThat(StreamCatalog.byId(1001)).isSameAs(StreamCatalog.CONTROL_STATE);
        assertThat(StreamCatalog.byId(10)).isNull();
    }

    @Test
    void shouldTetherThePacerAndNobodyElse() {
        final StreamDescriptor stream = StreamCatalog.CONTROL_STATE;

        assertThat(stream.pacerChannel(7)).contains("tether=true").contains("session-id=7");
        assertThat(stream.subscriptionChannel("FUSION"))
                .contains("tether=false")
                .contains("alias=fusion.control.state");
        assertThat(stream.publicationChannel())
                .contains("term-length=64m")
                .contains("untethered-window-limit-timeout=500ms")
                .contains("untethered-linger-timeout=500ms");
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldKeepReplayAndShadowBesideTheLiveStream(final StreamDescriptor stream) {
        final StreamDescriptor replay = StreamCatalog.replayOf(stream);
        final StreamDescriptor shadow = StreamCatalog.shadowOf(stream);

        assertThat(replay.name()).isEqualTo("replay." + stream.name());
        assertThat(shadow.name()).isEqualTo("shadow." + stream.name());
        for (final StreamDescriptor copy : List.of(replay, shadow)) {
            assertThat(StreamCatalog.byId(copy.streamId())).as("not recorded").isNull();
            assertThat(StreamSizing.sharedMemoryBytes(copy)).isLessThan(4 << 20);
            assertThat(StreamSizing.windowBytes(copy.termLengthBytes()))
                    .as("room for messages of any length")
                    .isGreaterThan(8L * StreamDescriptor.MAX_MESSAGE_BYTES);
            assertThat(copy.tetheredChannel("fusion")).contains("tether=true").contains("alias=fusion." + copy.name());
            assertThatThrownBy(() -> StreamCatalog.replayOf(copy)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldLetReplayAndShadowWriteTheirOwnStreamsAndNobodyElseThose(final StreamDescriptor stream) {
        final StreamDescriptor replay = StreamCatalog.replayOf(stream);
        final StreamDescriptor shadow = StreamCatalog.shadowOf(stream);

        StreamCatalog.requireWriter(NodeId.REPLAY, replay);
        StreamCatalog.requireWriter(NodeId.SHADOW, shadow);
        StreamCatalog.requireWriter(NodeId.CONTROL, stream);
        assertRefused(NodeId.REPLAY, stream);
        assertRefused(NodeId.REPLAY, shadow);
        assertRefused(NodeId.SHADOW, stream);
        assertRefused(NodeId.SHADOW, replay);
        assertRefused(NodeId.CONTROL, replay);
        assertRefused(NodeId.FUSION, shadow);
    }

    private static void assertRefused(final NodeId node, final StreamDescriptor stream) {
        assertThatThrownBy(() -> StreamCatalog.requireWriter(node, stream))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(node + " on " + stream.name());
    }

    @Test
    void shouldNeedLessThanOneGibibyteOfSharedMemoryForTwoGenerations() {
        assertThat(SharedMemoryCheck.requiredBytes()).isBetween(256L << 20, 1L << 30);
    }
}
