package io.meseta.runtime.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// JSON as the JDK's own types: `Map` in the order of the document, `List`, `String`, `Long`
/// (`BigInteger` beyond 64 bits) or `Double`, `Boolean`. A member that is `null` is left out.
public final class JsonText {

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(32)
                                    .maxNumberLength(64)
                                    .maxStringLength(1 << 20)
                                    .build())
                    .build();

    private JsonText() {}

    /// Writes a tree without spaces.
    public static String of(Object value) {
        var text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    /// Reads one object.
    ///
    /// @throws IllegalArgumentException where it is none; the message does not quote it
    public static Map<String, Object> object(String text) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            var members = members(parser);
            if (parser.nextToken() == null) return members;
        } catch (JacksonException _) {
            throw new IllegalArgumentException("not JSON");
        }
        throw new IllegalArgumentException("more than one JSON value");
    }

    private static Map<String, Object> members(JsonParser parser) {
        var members = new LinkedHashMap<String, Object>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) members.put(name, value(parser));
        }
        return members;
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> {
                var items = new ArrayList<Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) items.add(value(parser));
                yield items;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT ->
                    parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                            ? (Object) parser.getBigIntegerValue()
                            : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL,
                    END_OBJECT,
                    END_ARRAY,
                    PROPERTY_NAME,
                    NOT_AVAILABLE,
                    VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalArgumentException("not a JSON value");
        };
    }

    private static void write(Object value, StringBuilder text) {
        switch (value) {
            case Map<?, ?> members -> {
                var separator = "{";
                for (var member : members.entrySet()) {
                    text.append(separator);
                    quote(String.valueOf(member.getKey()), text);
                    text.append(':');
                    write(member.getValue(), text);
                    separator = ",";
                }
                text.append(members.isEmpty() ? "{}" : "}");
            }
            case List<?> items -> {
                var separator = "[";
                for (var item : items) {
                    text.append(separator);
                    write(item, text);
                    separator = ",";
                }
                text.append(items.isEmpty() ? "[]" : "]");
            }
            case Number number -> text.append(number);
            case Boolean truth -> text.append(truth);
            default -> quote(value.toString(), text);
        }
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            if (each == '"' || each == '\\') {
                text.append('\\').append(each);
            } else if (each < ' ') {
                text.append("\\u%04x".formatted((int) each));
            } else {
                text.append(each);
            }
        }
        text.append('"');
    }
}
