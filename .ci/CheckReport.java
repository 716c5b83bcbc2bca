import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds the report of a run to its bars. Exit code 1 names each line that does not hold. */
class CheckReport {
    public static void main(final String[] args) throws Exception {
        final Map<String, String> values = new TreeMap<>();
        try (JsonParser parser = new JsonFactory().createParser(new File(args[0]))) {
            parser.nextToken();
            flatten(parser, "", values);
        }
        final List<String> wrong = new ArrayList<>();
        final long scheduled = number(values, "control.scheduled");
        final long executed = number(values, "control.executed");
        final long missed = number(values, "control.missed");
        require(wrong, scheduled >= 15_000 && scheduled < 17_500, "scheduled " + scheduled + " cycles in 15 s");
        require(wrong, executed + missed == scheduled, executed + " + " + missed + " = " + scheduled);
        require(wrong, executed >= 0.98 * scheduled, "executed " + executed + " of " + scheduled);
        require(wrong, number(values, "task.completed") >= 1, "one pick and place at least");
        for (int i = 0; values.containsKey("streams[" + i + "].name"); i++) {
            final String stream = "streams[" + i + "].";
            final String name = values.get(stream + "name");
            require(wrong, number(values, stream + "refused") == 0, name + " refused nothing");
            require(
                    wrong,
                    number(values, stream + "recorded") == number(values, stream + "sent"),
                    name + " recorded all that was sent: " + values.get(stream + "recorded") + " of "
                            + values.get(stream + "sent"));
            if (name.equals("control.state")) {
                require(wrong, number(values, stream + "recorded") == executed, "every executed cycle is recorded");
            }
            if (name.equals("fusion.state")) {
                final long sent = number(values, stream + "sent");
                require(wrong, sent >= 1450 && sent <= 1850, "fusion at 100 Hz: " + sent);
            }
            for (int r = 0; values.containsKey(stream + "readers[" + r + "].name"); r++) {
                final String reader = stream + "readers[" + r + "].";
                require(
                        wrong,
                        number(values, reader + "gaps") == 0,
                        name + " has no gap at " + values.get(reader + "name"));
            }
        }
        for (int i = 0; values.containsKey("nodes[" + i + "].name"); i++) {
            require(
                    wrong,
                    number(values, "nodes[" + i + "].exit") == 0,
                    values.get("nodes[" + i + "].name") + " ended with 0");
        }
        wrong.forEach(line -> System.err.println("does not hold: " + line));
        System.exit(wrong.isEmpty() ? 0 : 1);
    }

    private static void require(final List<String> wrong, final boolean holds, final String line) {
        if (holds) {
            System.out.println("holds: " + line);
        } else {
            wrong.add(line);
        }
    }

    private static long number(final Map<String, String> values, final String key) {
        final String value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("the report has no " + key);
        }
        return Long.parseLong(value);
    }

    /** Brings an object or array into {@code path.to[0].value} form; the parser stands on its first token. */
    private static void flatten(final JsonParser parser, final String path, final Map<String, String> values)
            throws Exception {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                final String key = path.isEmpty() ? parser.currentName() : path + "." + parser.currentName();
                parser.nextToken();
                flatten(parser, key, values);
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                flatten(parser, path + "[" + i + "]", values);
            }
        } else {
            values.put(path, parser.getText());
        }
    }
}
