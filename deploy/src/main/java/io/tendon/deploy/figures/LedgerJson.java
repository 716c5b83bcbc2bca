package io.tendon.deploy.figures;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.StreamLedger;
import java.io.IOException;

/** The losses of a stream as both ends counted them, as fields of the stream's object. */
public final class LedgerJson {
    private LedgerJson() {}

    /**
     * Writes "refusedBy", "readers" and "disagreements".
     *
     * @param json within an object.
     * @param ledger of the stream.
     * @throws IOException when the output refuses.
     */
    public static void write(final JsonGenerator json, final StreamLedger ledger) throws IOException {
        json.writeObjectFieldStart("refusedBy");
        for (final BusCounter reason : StreamLedger.REASONS) {
            json.writeNumberField(StreamLedger.text(reason), ledger.refused(reason));
        }
        json.writeEndObject();
        json.writeArrayFieldStart("readers");
        for (final StreamLedger.Reader reader : ledger.readers()) {
            json.writeStartObject();
            json.writeStringField("name", reader.name());
            json.writeNumberField("received", reader.received());
            json.writeNumberField("repeated", reader.repeated());
            json.writeNumberField("gaps", reader.gaps());
            json.writeNumberField("leftBehind", reader.leftBehind());
            json.writeNumberField("beforeJoining", reader.beforeJoining());
            final long unread = ledger.unread(reader);
            if (unread < 0) {
                json.writeNullField("unread");
            } else {
                json.writeNumberField("unread", unread);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("disagreements");
        for (final String line : ledger.disagreements()) {
            json.writeString(line);
        }
        json.writeEndArray();
    }
}
