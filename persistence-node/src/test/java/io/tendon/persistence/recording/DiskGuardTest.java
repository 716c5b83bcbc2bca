package io.tendon.persistence.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.junit.jupiter.api.Test;

class DiskGuardTest {
    private static final long MIB = 1L << 20;
    private static final int BULK = StreamCatalog.FUSION_EMBEDDING.streamId();
    private static final int DERIVED = StreamCatalog.FUSION_STATE.streamId();
    private static final int STATE = StreamCatalog.CONTROL_STATE.streamId();

    private final List<String> done = new ArrayList<>();
    private final List<Integer> said = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final Map<Integer, AtomicCounter> counters = new HashMap<>();
    // Of 256 MiB: 64, 32 and 16 MiB, and half as much again to go on.
    private final DiskStages stages = new DiskStages(256 * MIB);
    private long freeBytes = 200 * MIB;
    private long nowNs = 1;
    private final DiskGuard guard = guard();

    @Test
    void shouldStopTheLeastValuableFirstAndSayItALookBefore() {
        guard.startAll();
        done.clear();

        look(63);
        assertThat(said).containsExactly(BULK);
        assertThat(done).isEmpty();
        assertThat(guard.isHeld(BULK)).isTrue();
        assertThat(guard.isLow()).isFalse();
        look(40);
        assertThat(done).containsExactly("stop fusion.embedding");

        // At once far too little: still one rank a look.
        look(3);
        assertThat(said)
                .containsExactlyInAnyOrder(
                        BULK,
                        DERIVED,
                        StreamCatalog.FUSION_SETPOINT.streamId(),
                        StreamCatalog.FUSION_INFERENCE.streamId());
        assertThat(guard.isLow()).isTrue();
        look(3);
        assertThat(said).contains(STATE);
        assertThat(done).contains("stop fusion.state").doesNotContain("stop control.state");
        look(3);
        assertThat(done).contains("stop control.state", "stop persistence.event");
        assertThat(said).hasSize(StreamCatalog.all().size());
        assertThat(counters.values()).allMatch(counter -> counter.get() == 1);
        assertThat(guard.noRoom()).isEqualTo("no space: 3 MiB free, 16 MiB needed to record on");
        look(3);
        assertThat(said).hasSize(StreamCatalog.all().size());
    }

    @Test
    void shouldGoOnWithTheMostValuableFirstAndNotAtTheSameRoomAtWhichItStopped() {
        guard.startAll();
        for (int i = 0; i < 5; i++) {
            look(3);
        }
        done.clear();

        look(17);
        look(23);
        assertThat(done).isEmpty();
        look(200);
        assertThat(done)
                .contains("start control.state", "start persistence.event")
                .doesNotContain("start fusion.state");
        assertThat(guard.takeResumed(STATE)).matches("after [0-9.]+ s without space, 200 MiB free");
        assertThat(guard.takeResumed(STATE)).isEmpty();
        look(47);
        assertThat(guard.isHeld(DERIVED)).isTrue();
        assertThat(guard.isLow()).isTrue();
        look(200);
        assertThat(guard.isLow()).isFalse();
        look(200);
        assertThat(guard.isHeld(BULK)).isFalse();
        assertThat(done).endsWith("start fusion.embedding");
        assertThat(counters.values()).allMatch(counter -> counter.get() == 0);
    }

    @Test
    void shouldBeginWithWhatThereIsRoomFor() {
        freeBytes = 20 * MIB;

        guard.startAll();

        assertThat(done).contains("start control.state").doesNotContain("start fusion.state", "start fusion.embedding");
        assertThat(guard.isLow()).isTrue();
        look(20);
        assertThat(said).contains(BULK, DERIVED).doesNotContain(STATE);
        assertThat(texts)
                .contains(
                        "fusion.state no space: 20 MiB free, 32 MiB needed for DERIVED streams; goes on from 48 MiB on");
        final int once = said.size();
        look(200);
        assertThat(said).hasSize(once);
        assertThat(done).contains("start fusion.state").doesNotContain("start fusion.embedding");
    }

    @Test
    void shouldNotGoOnInTheLookInWhichItHasStopped() {
        guard.startAll();
        done.clear();
        look(63);

        look(200);
        assertThat(done).containsExactly("stop fusion.embedding");
        assertThat(guard.isHeld(BULK)).isTrue();

        look(200);
        assertThat(done).containsExactly("stop fusion.embedding", "start fusion.embedding");
        assertThat(guard.isHeld(BULK)).isFalse();
    }

    private void look(final long freeMib) {
        freeBytes = freeMib * MIB;
        nowNs += DiskGuard.LOOK_NS;
        guard.doWork((text, streamId) -> {
            texts.add(text);
            said.add(streamId);
        });
    }

    private DiskGuard guard() {
        final List<RankedRecording> recordings = new ArrayList<>();
        for (final StreamDescriptor stream : StreamCatalog.all()) {
            counters.put(stream.streamId(), new AtomicCounter(new UnsafeBuffer(new byte[128]), 0));
            recordings.add(new RankedRecording() {
                @Override
                public StreamDescriptor stream() {
                    return stream;
                }

                @Override
                public void start() {
                    done.add("start " + stream.name());
                }

                @Override
                public void stop() {
                    done.add("stop " + stream.name());
                }
            });
        }
        return new DiskGuard(() -> freeBytes, stages, recordings, counters, () -> nowNs, error -> {
            throw new AssertionError(error);
        });
    }
}
