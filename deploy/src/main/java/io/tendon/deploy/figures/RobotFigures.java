package io.tendon.deploy.figures;

import io.tendon.schemas.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * How a robot does at one moment. Immutable.
 *
 * @param robotName under which it runs.
 * @param sessionName of the session; empty when none ever ran.
 * @param isLive whether its driver is alive; else the figures are the last ones.
 * @param readAtNs when they were read, {@link System#nanoTime}.
 * @param elapsedNs since the session began.
 * @param nodes driver, persistence, fusion, control.
 * @param loops control's and fusion's.
 * @param arm what control lets it do.
 * @param task of fusion.
 * @param model that judges fusion's windows.
 * @param streams in the order of the catalog.
 * @param disk room for the recording.
 * @param durability how the recording comes to the device.
 */
public record RobotFigures(
        String robotName,
        String sessionName,
        boolean isLive,
        long readAtNs,
        long elapsedNs,
        List<NodeFigures> nodes,
        List<LoopFigures> loops,
        ArmFigures arm,
        TaskFigures task,
        ModelFigures model,
        List<StreamFigures> streams,
        DiskFigures disk,
        DurabilityFigures durability) {

    /** Copies the lists. */
    public RobotFigures {
        nodes = List.copyOf(nodes);
        loops = List.copyOf(loops);
        streams = List.copyOf(streams);
    }

    /** A node, if it is one of the robot's. */
    public Optional<NodeFigures> node(final NodeId node) {
        return nodes.stream().filter(figures -> figures.node() == node).findFirst();
    }

    /** Messages committed on all streams. */
    public long sent() {
        return streams.stream().mapToLong(StreamFigures::sent).sum();
    }

    /** Offers refused on all streams. */
    public long refused() {
        return streams.stream().mapToLong(StreamFigures::refused).sum();
    }

    /** Messages that readers have missed, all streams and readers together. */
    public long gaps() {
        return streams.stream()
                .flatMap(stream -> stream.readers().stream())
                .mapToLong(ReaderFigures::gaps)
                .sum();
    }

    /** Where what writers and readers counted as lost does not agree, one line each; empty when all is well. */
    public List<String> disagreements() {
        return streams.stream()
                .flatMap(stream -> stream.ledger().disagreements().stream())
                .toList();
    }

    /** Bytes that the recorder is behind, all streams together. */
    public long lagBytes() {
        return streams.stream().mapToLong(StreamFigures::lagBytes).sum();
    }

    /** Bytes that the device is behind the recorder, all streams together. */
    public long durableLagBytes() {
        return streams.stream().mapToLong(StreamFigures::durableLagBytes).sum();
    }
}
