package io.tendon.bus.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import org.junit.jupiter.api.Test;

class HeldPlacesTest {
    @Test
    void shouldBeGivenUpBeforeAnyStreamLeavesThemBehind() {
        for (final StreamDescriptor stream : StreamCatalog.all()) {
            final double bytesPerS =
                    stream.messagesPerSecond() * StreamDescriptor.framedLength(stream.messageLengthBytes());
            final double leftBehindS = 0.75 * stream.termLengthBytes() / 2 / bytesPerS;

            assertThat(HeldPlaces.HOLD_NS / 1e9).as(stream.name()).isLessThan(leftBehindS);
        }
    }
}
