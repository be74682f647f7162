package io.meseta.images.json;

import io.meseta.images.reference.ImageFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Builds the tree, token by token; depth and count are bounded before the stack or the heap is.
final class JsonReading {

    private static final int DEPTH_MAX = 24;
    private static final int VALUES_MAX = 200_000;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH_MAX)
                                    .maxNumberLength(64)
                                    .maxNameLength(4096)
                                    .maxStringLength(4 << 20)
                                    .build())
                    .build();

    private final JsonParser parser;
    private int values;

    private JsonReading(JsonParser parser) {
        this.parser = parser;
    }

    static Json of(byte[] text, String what) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            var first = parser.nextToken();
            if (first == null) throw ImageFault.malformed(what + " is empty");
            var value = new JsonReading(parser).value(first);
            if (parser.nextToken() == null) return value;
            throw ImageFault.malformed(what + " goes on after its JSON");
        } catch (JacksonException _) {
            // Its own words quote the document, and may lack a place.
            throw ImageFault.malformed(what + " is no JSON we take");
        }
    }

    private Json value(JsonToken token) {
        if (++values > VALUES_MAX) throw ImageFault.tooLarge("more JSON values than we take");
        return switch (token) {
            case START_OBJECT -> members();
            case START_ARRAY -> items();
            case VALUE_STRING -> new Json.Text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(parser.getString());
            case VALUE_TRUE -> new Json.Truth(true);
            case VALUE_FALSE -> new Json.Truth(false);
            case VALUE_NULL -> new Json.Nothing();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw ImageFault.malformed("not a JSON value");
        };
    }

    private Json members() {
        var members = new LinkedHashMap<String, Json>();
        for (var token = parser.nextToken();
                token == JsonToken.PROPERTY_NAME;
                token = parser.nextToken()) {
            var name = parser.currentName();
            members.put(name, value(parser.nextToken()));
        }
        return new Json.Members(members);
    }

    private Json items() {
        var items = new ArrayList<Json>();
        for (var token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            items.add(value(token));
        }
        return new Json.Items(items);
    }
}
