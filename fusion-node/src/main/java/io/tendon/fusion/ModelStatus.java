package io.tendon.fusion;

import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.LiveNode;
import io.tendon.bus.counter.ModelState;
import java.util.Locale;

/** What the status command says of the model. */
final class ModelStatus {
    private ModelStatus() {}

    /** A line after a line break; empty when there is no model. */
    static String text(final LiveNode fusion) {
        return state(fusion) == ModelState.NONE
                ? ""
                : filled(
                        fusion,
                        "%nmodel %s: %d windows judged (%d above the threshold, %d late), %d skipped, %d empty;"
                                + " latency p50 %.0f us, p99 %.0f us, max %.0f us");
    }

    /** A JSON object. */
    static String json(final LiveNode fusion) {
        return filled(
                fusion,
                "{\"state\":\"%s\",\"judged\":%d,\"above\":%d,\"late\":%d,\"skipped\":%d,\"empty\":%d,"
                        + "\"latencyUs\":{\"p50\":%.1f,\"p99\":%.1f,\"max\":%.1f},\"isolated\":%d}");
    }

    /** What a format has no place for is left out. */
    private static String filled(final LiveNode fusion, final String format) {
        return String.format(
                Locale.ROOT,
                format,
                state(fusion).name().toLowerCase(Locale.ROOT),
                fusion.count(BusCounter.INFERENCES),
                fusion.count(BusCounter.INFERENCES_ABOVE),
                fusion.count(BusCounter.INFERENCES_LATE),
                fusion.count(BusCounter.INFERENCES_SKIPPED),
                fusion.count(BusCounter.INFERENCES_EMPTY),
                fusion.micros(BusCounter.INFERENCE_P50_NS),
                fusion.micros(BusCounter.INFERENCE_P99_NS),
                fusion.micros(BusCounter.INFERENCE_MAX_NS),
                fusion.count(BusCounter.INFERENCES_ISOLATED));
    }

    private static ModelState state(final LiveNode fusion) {
        return ModelState.of(fusion.count(BusCounter.INFERENCE_STATE));
    }
}
