package io.meseta.client.json;

import io.meseta.client.json.Json.JsonArray;
import io.meseta.client.json.Json.JsonBool;
import io.meseta.client.json.Json.JsonNull;
import io.meseta.client.json.Json.JsonNumber;
import io.meseta.client.json.Json.JsonObject;
import io.meseta.client.json.Json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// Reads one JSON text. Use once.
final class JsonReader {

    /// Longer numbers are refused: parsing them takes time that grows with the square.
    private static final int NUMBER_LENGTH_MAX = 100;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(Json.DEPTH_MAX)
                                    .maxNumberLength(NUMBER_LENGTH_MAX)
                                    .build())
                    .build();

    private final JsonParser in;

    private JsonReader(JsonParser in) {
        this.in = in;
    }

    static Json document(String text) {
        try (var in = JSON.createParser(ObjectReadContext.empty(), text)) {
            in.nextToken();
            var value = new JsonReader(in).value();
            if (in.nextToken() != null)
                throw new MalformedJson("something follows the value", position(in));
            return value;
        } catch (JacksonException bad) {
            var place = bad.getLocation();
            throw new MalformedJson(problem(bad), place == null ? 0 : place.getCharOffset());
        }
    }

    /// The value that the current token begins.
    private Json value() {
        var token = in.currentToken();
        if (token == null) throw new MalformedJson("the text ends too early", position(in));
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> new JsonText(in.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(in.getDecimalValue());
            case VALUE_TRUE -> new JsonBool(true);
            case VALUE_FALSE -> new JsonBool(false);
            case VALUE_NULL -> new JsonNull();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw new MalformedJson("expected a value", position(in));
        };
    }

    private Json object() {
        var members = new LinkedHashMap<String, Json>();
        for (var name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            members.put(name, value());
        }
        return new JsonObject(members);
    }

    private Json array() {
        var items = new ArrayList<Json>();
        while (!in.nextToken().isStructEnd()) items.add(value());
        return new JsonArray(items);
    }

    /// Never the library's whole message: it may quote the text.
    private static String problem(JacksonException bad) {
        return bad instanceof StreamConstraintsException
                ? "nested too deep, or a number or text too long"
                : "not JSON";
    }

    private static long position(JsonParser in) {
        return in.currentLocation().getCharOffset();
    }
}
