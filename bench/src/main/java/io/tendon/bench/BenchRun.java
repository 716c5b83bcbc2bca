package io.tendon.bench;

import io.tendon.bench.ipc.DdsPerf;
import io.tendon.bench.ipc.IpcRig;
import io.tendon.bench.jmh.CodecBenchmark;
import io.tendon.bench.jmh.DispatchBenchmark;
import io.tendon.bench.jmh.OperationBenchmarks;
import io.tendon.bench.jmh.PublishBenchmark;
import io.tendon.bench.recording.RecordingRig;
import io.tendon.bench.report.Conversation;
import io.tendon.bench.report.Operation;
import io.tendon.bench.report.Recordings;
import io.tendon.bench.report.Results;
import io.tendon.bench.run.Progress;
import io.tendon.bench.run.RunPlace;
import io.tendon.bench.transport.Transport;
import io.tendon.certify.MachineText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run, round by round: everything once, then everything again. Main thread. */
final class BenchRun {
    private final Progress progress;
    private final BenchLengths lengths;
    private final OperationBenchmarks jmh;
    private final IpcRig ipc;
    private final Optional<DdsPerf> dds;
    private final RecordingRig disk;

    private final Operation publish = new Operation("publish", "tryClaim and copy");
    private final Operation dispatch = new Operation("dispatch, 256 a poll", "poll");
    private final Operation dispatchOne = new Operation("dispatch, one a poll", "poll");
    private final Operation encode = new Operation("encode", "copy");
    private final Operation decode = new Operation("decode what fusion reads", "copy");
    private final Map<Transport, Conversation> conversations = new EnumMap<>(Transport.class);
    private final Conversation ddsConversation = new Conversation(DdsPerf.LABEL, true);
    private final Recordings recordings = new Recordings();

    BenchRun(final BenchLengths lengths, final RunPlace place, final Progress progress) {
        this.progress = progress;
        this.lengths = lengths;
        this.jmh = new OperationBenchmarks(place.name(), lengths.iterationMs());
        this.ipc = new IpcRig(place.name(), place.memory(), lengths.stretchMs());
        this.dds = DdsPerf.find(place.memory(), 2 * lengths.stretchMs());
        this.disk = new RecordingRig(place.name(), place.disk(), place.memory(), lengths.recordedMessages());
        for (final Transport transport : Transport.values()) {
            conversations.put(transport, new Conversation(transport.label(), !transport.hasDriver()));
        }
    }

    void round() throws IOException {
        progress.accept("  publish, dispatch, encode, decode");
        publish.add(jmh.measure(PublishBenchmark.class, "tendon"), jmh.measure(PublishBenchmark.class, "aeron"));
        dispatch.add(jmh.measure(DispatchBenchmark.class, "tendon"), jmh.measure(DispatchBenchmark.class, "aeron"));
        dispatchOne.add(
                jmh.measure(DispatchBenchmark.class, "tendonOneAPoll"),
                jmh.measure(DispatchBenchmark.class, "aeronOneAPoll"));
        final double copyNs = jmh.measure(CodecBenchmark.class, "copy");
        encode.add(jmh.measure(CodecBenchmark.class, "encode"), copyNs);
        decode.add(jmh.measure(CodecBenchmark.class, "decode"), copyNs);
        final List<Transport> order = new ArrayList<>(conversations.keySet());
        if (isOddRound()) {
            Collections.reverse(order);
        }
        for (final Transport transport : order) {
            final Conversation conversation = conversations.get(transport);
            if (conversation != null) {
                progress.accept("  two processes: " + conversation.label());
                conversation.add(ipc.measure(transport));
            }
        }
        if (dds.isPresent()) {
            progress.accept("  two processes: " + ddsConversation.label());
            ddsConversation.add(dds.get().measure());
        }
        progress.accept("  recording");
        recordings.measure(disk);
    }

    Results results() {
        final List<Conversation> all = new ArrayList<>(conversations.values());
        final List<String> leftOut = new ArrayList<>();
        if (dds.isPresent()) {
            all.add(ddsConversation);
        } else {
            leftOut.add("Cyclone DDS: ddsperf is not there; apt-get install cyclonedds-tools");
        }
        return new Results(
                List.of(publish, dispatch),
                List.of(dispatchOne, encode, decode),
                all,
                recordings,
                leftOut,
                lengths.toString(),
                String.join("; ", MachineText.describe().values()));
    }

    /** Who comes first changes from round to round. */
    private boolean isOddRound() {
        return recordings.ours().size() % 2 == 1;
    }
}
