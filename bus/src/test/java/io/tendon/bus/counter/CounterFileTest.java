package io.tendon.bus.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.schemas.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CounterFileTest {
    @TempDir
    private Path directory;

    @Test
    void shouldGiveEachCounterNodeAndStreamASlotOfItsOwn() {
        final Set<Integer> slots = new HashSet<>();
        int counted = 0;
        for (final BusCounter counter : BusCounter.values()) {
            for (final NodeId node : NodeId.values()) {
                if (node == NodeId.NULL_VAL || node == NodeId.SBE_UNKNOWN) {
                    continue;
                }
                slots.add(CounterFile.slot(counter, node));
                counted++;
                for (final StreamDescriptor stream : StreamCatalog.all()) {
                    slots.add(CounterFile.slot(counter, node, stream));
                    counted++;
                }
            }
        }

        assertThat(slots).hasSize(counted);
    }

    @Test
    void shouldKeepTheCountOfALifeThatHasEnded() {
        final RuntimeDirectory runtime = new RuntimeDirectory("test", directory);
        BusCounters.create(runtime);
        new BusCounters(runtime, NodeId.CONTROL).node(BusCounter.LIMITS_HIT).getAndAddRelease(7);

        final BusCounters later = new BusCounters(runtime, NodeId.CONTROL);

        assertThat(later.node(BusCounter.LIMITS_HIT).get()).isEqualTo(7);
        try (CounterView view = CounterView.open(runtime)) {
            assertThat(view.node(BusCounter.LIMITS_HIT, NodeId.CONTROL, -1)).isEqualTo(7);
            assertThat(view.node(BusCounter.LIMITS_HIT, NodeId.FUSION, -1)).isEqualTo(-1);
            assertThat(view.stream(BusCounter.SENT, NodeId.CONTROL, StreamCatalog.CONTROL_STATE, -1))
                    .isEqualTo(-1);
        }
    }

    @Test
    void shouldBeginANewSessionAtZeroWhileTheOldOneIsStillMapped() {
        final RuntimeDirectory runtime = new RuntimeDirectory("test", directory);
        BusCounters.create(runtime);
        final BusCounters old = new BusCounters(runtime, NodeId.CONTROL);
        old.node(BusCounter.LIVES).setRelease(3);

        BusCounters.create(runtime);

        old.node(BusCounter.LIVES).setRelease(4);
        assertThat(new BusCounters(runtime, NodeId.CONTROL)
                        .node(BusCounter.LIVES)
                        .get())
                .isZero();
    }

    @Test
    void shouldRefuseTheCountersOfAnotherRelease() throws IOException {
        final RuntimeDirectory runtime = new RuntimeDirectory("test", directory);
        BusCounters.create(runtime);
        final byte[] bytes = Files.readAllBytes(runtime.countersFile());
        bytes[4] ^= 1;
        Files.write(runtime.countersFile(), bytes);

        assertThatThrownBy(() -> CounterView.open(runtime))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("another release");
        Files.write(runtime.countersFile(), new byte[5]);
        assertThatThrownBy(() -> new BusCounters(runtime, NodeId.FUSION))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("another release");
    }
}
