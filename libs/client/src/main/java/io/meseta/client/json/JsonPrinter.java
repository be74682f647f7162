package io.meseta.client.json;

import io.meseta.client.json.Json.JsonArray;
import io.meseta.client.json.Json.JsonBool;
import io.meseta.client.json.Json.JsonNull;
import io.meseta.client.json.Json.JsonNumber;
import io.meseta.client.json.Json.JsonObject;
import io.meseta.client.json.Json.JsonText;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// Prints a JSON value for people: one member a line.
final class JsonPrinter {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonPrinter() {}

    static String print(Json json) {
        var text = new StringWriter();
        try (var out = JSON.createGenerator(new Indented(), text)) {
            print(json, out);
        }
        return text.append('\n').toString();
    }

    private static void print(Json json, JsonGenerator out) {
        switch (json) {
            case JsonObject(var members) -> {
                out.writeStartObject();
                members.forEach((name, value) -> {
                    out.writeName(name);
                    print(value, out);
                });
                out.writeEndObject();
            }
            case JsonArray(var items) -> {
                out.writeStartArray();
                for (var item : items) print(item, out);
                out.writeEndArray();
            }
            case JsonText(var value) -> out.writeString(value);
            case JsonNumber(var value) -> out.writeNumber(value);
            case JsonBool(var value) -> out.writeBoolean(value);
            case JsonNull _ -> out.writeNull();
        }
    }

    /// Asks the library for its indented form.
    private static final class Indented extends ObjectWriteContext.Base {

        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
