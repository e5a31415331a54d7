import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.exception.VelocityException;
import org.apache.velocity.runtime.RuntimeConstants;
import org.apache.velocity.runtime.log.NullLogChute;

/**
 * Renders the rows of tables with Velocity and says which of them are recorded
 * otherwise. With -update the tables are written anew instead.
 *
 * <p>A row asks with "template", "header" and "missingIsEmpty". All else is the answer.
 */
public class Record {
    private static final List<String> QUESTION = List.of("template", "header", "missingIsEmpty");

    /** Where parameters are, in the order in which $input.params("name") looks. */
    private static final List<String> PLACES = List.of("path", "querystring", "header");

    public static void main(String[] args) throws IOException {
        List<String> tables = new ArrayList<>(List.of(args));
        boolean update = tables.remove("-update");
        int differ = 0;
        for (String table : tables) {
            differ += record(Path.of(table), update);
        }
        System.exit(differ == 0 || update ? 0 : 1);
    }

    /** Returns how many rows of a table differ from what Velocity makes of them. */
    private static int record(Path table, boolean update) throws IOException {
        JsonArray rows = JsonParser.parseString(Files.readString(table)).getAsJsonArray();
        List<String> lines = new ArrayList<>();
        int differ = 0;
        for (JsonElement row : rows) {
            JsonObject question = new JsonObject();
            JsonObject recorded = row.getAsJsonObject().deepCopy();
            for (String name : QUESTION) {
                if (recorded.has(name)) {
                    question.add(name, recorded.remove(name));
                }
            }
            JsonObject rendered = render(question);
            if (!json(recorded).equals(json(rendered))) {
                differ++;
                System.out.printf("%s: row %d: %s is recorded as %s and renders as %s%n", table.getFileName(),
                        lines.size() + 1, json(question.get("template")), json(recorded), json(rendered));
            }
            rendered.entrySet().forEach(e -> question.add(e.getKey(), e.getValue()));
            lines.add("  " + json(question));
        }
        System.out.printf("%s: %d rows, %d differ%n", table.getFileName(), rows.size(), differ);
        if (update) {
            Files.writeString(table, "[\n" + String.join(",\n", lines) + "\n]\n");
        }
        return differ;
    }

    private static JsonObject render(JsonObject question) {
        // An engine keeps the macros of a template for the next one: each row has its own.
        VelocityEngine engine = new VelocityEngine();
        engine.setProperty(RuntimeConstants.RUNTIME_LOG_LOGSYSTEM_CLASS, NullLogChute.class.getName());
        engine.init();

        Map<String, Object> response = new HashMap<>();
        response.put("header", new LinkedHashMap<>());
        Map<String, Object> request = new HashMap<>();
        for (String place : PLACES) {
            request.put(place, new LinkedHashMap<>());
        }
        VelocityContext context = new VelocityContext();
        context.put("input", new Input(question));
        context.put("stageVariables", new HashMap<>(Map.of("origin", "https://stage.example.com")));
        context.put("context", new HashMap<>(Map.of(
                "requestId", "r1",
                "identity", new HashMap<>(Map.of("sourceIp", "1.2.3.4")),
                "responseOverride", response,
                "requestOverride", request)));

        JsonObject answer = new JsonObject();
        StringWriter text = new StringWriter();
        try {
            engine.evaluate(context, text, "row", question.get("template").getAsString());
        } catch (VelocityException e) {
            answer.addProperty("error", e.getClass().getSimpleName());
            return answer;
        }
        answer.addProperty("text", text.toString());
        addFields(answer, "set", response.get("header"));
        addFields(answer, "requestHeader", request.get("header"));
        addFields(answer, "requestQuery", request.get("querystring"));
        addFields(answer, "requestPath", request.get("path"));
        String status = String.valueOf(response.get("status"));
        if (status.matches("[1-5][0-9][0-9]")) { // API Gateway has no other
            answer.addProperty("status", Integer.valueOf(status));
        }
        return answer;
    }

    /** Adds the overrides of one kind, if there are any, in the order in which they were set. */
    private static void addFields(JsonObject answer, String name, Object overrides) {
        JsonArray fields = new JsonArray();
        ((Map<?, ?>) overrides).forEach((key, value) -> {
            JsonObject field = new JsonObject();
            field.addProperty("name", key.toString());
            field.addProperty("value", value.toString());
            fields.add(field);
        });
        if (!fields.isEmpty()) {
            answer.add(name, fields);
        }
    }

    /** What API Gateway calls $input. Velocity calls methods of public classes only. */
    public static class Input {
        private final Map<String, Map<String, String>> params = new HashMap<>();

        Input(JsonObject question) {
            boolean missingIsEmpty = question.has("missingIsEmpty") && question.get("missingIsEmpty").getAsBoolean();
            for (String place : PLACES) {
                params.put(place, new Params(missingIsEmpty));
            }
            params.get("path").put("id", "7");
            params.get("querystring").put("q", "query");
            if (question.has("header")) {
                for (JsonElement e : question.getAsJsonArray("header")) {
                    JsonObject field = e.getAsJsonObject();
                    params.get("header").put(field.get("name").getAsString(), field.get("value").getAsString());
                }
            }
        }

        public String getBody() {
            return "BODY";
        }

        public String json(String path) {
            if (!path.equals("$")) {
                throw new IllegalArgumentException("only the whole body is known here");
            }
            return getBody();
        }

        /** Gives all maps, or the one parameter that is named. More names are an exception. */
        public Object params(String... names) {
            if (names.length == 0) {
                return params;
            }
            if (names.length > 1) {
                throw new IllegalArgumentException("only one name is known here");
            }
            for (String place : PLACES) {
                if (params.get(place).containsKey(names[0])) {
                    return params.get(place).get(names[0]);
                }
            }
            return "";
        }
    }

    /** A map that may give an empty text for what it has not. */
    private static class Params extends LinkedHashMap<String, String> {
        private final boolean missingIsEmpty;

        Params(boolean missingIsEmpty) {
            this.missingIsEmpty = missingIsEmpty;
        }

        @Override
        public String get(Object name) {
            return containsKey(name) || !missingIsEmpty ? super.get(name) : "";
        }
    }

    /** Writes JSON as the tables have it: ASCII, a blank behind each colon and comma. */
    private static String json(JsonElement e) {
        List<String> parts = new ArrayList<>();
        if (e.isJsonObject()) {
            e.getAsJsonObject().entrySet().forEach(m -> parts.add(quote(m.getKey()) + ": " + json(m.getValue())));
            return "{" + String.join(", ", parts) + "}";
        }
        if (e.isJsonArray()) {
            e.getAsJsonArray().forEach(item -> parts.add(json(item)));
            return "[" + String.join(", ", parts) + "]";
        }
        return e.isJsonPrimitive() && e.getAsJsonPrimitive().isString() ? quote(e.getAsString()) : e.toString();
    }

    private static String quote(String s) {
        StringBuilder ascii = new StringBuilder();
        for (char c : new JsonPrimitive(s).toString().toCharArray()) {
            ascii.append(c < 0x80 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return ascii.toString();
    }
}
