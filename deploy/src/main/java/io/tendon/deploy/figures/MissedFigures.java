package io.tendon.deploy.figures;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.cycle.MissCause;
import io.tendon.schemas.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Ticks that a node's loop missed, by cause. They add up to those that it missed.
 *
 * @param lateWakeUp by a late wake-up.
 * @param longCycle by a long cycle.
 * @param hardware by the hardware.
 */
public record MissedFigures(long lateWakeUp, long longCycle, long hardware) {

    /** Reads those of a node; zeros when it has no loop. */
    public static MissedFigures read(final CounterView view, final NodeId node) {
        return new MissedFigures(
                view.node(MissCause.LATE_WAKE_UP.counter(), node, 0),
                view.node(MissCause.LONG_CYCLE.counter(), node, 0),
                view.node(MissCause.HARDWARE.counter(), node, 0));
    }

    /** Like "late wake-up 3, hardware 1": those causes that there were; empty when nothing was missed. */
    public String words() {
        final List<String> words = new ArrayList<>();
        add(words, lateWakeUp, MissCause.LATE_WAKE_UP);
        add(words, longCycle, MissCause.LONG_CYCLE);
        add(words, hardware, MissCause.HARDWARE);
        return String.join(", ", words);
    }

    /** Writes it as the field "missedBy" of an object. */
    public void write(final JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("missedBy");
        json.writeNumberField("lateWakeUp", lateWakeUp);
        json.writeNumberField("longCycle", longCycle);
        json.writeNumberField("hardware", hardware);
        json.writeEndObject();
    }

    private static void add(final List<String> words, final long count, final MissCause cause) {
        if (count > 0) {
            words.add(cause.text() + " " + count);
        }
    }
}
