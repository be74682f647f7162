package io.meseta.client.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON value. Immutable; objects keep the order of their members.
public sealed interface Json {

    /// Deeper nesting than this is refused: nothing we read needs a tenth of it.
    int DEPTH_MAX = 100;

    record JsonObject(Map<String, Json> members) implements Json {
        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    record JsonArray(List<Json> items) implements Json {
        public JsonArray {
            items = List.copyOf(items);
        }
    }

    record JsonText(String value) implements Json {}

    record JsonNumber(BigDecimal value) implements Json {}

    record JsonBool(boolean value) implements Json {}

    /// The literal `null`.
    record JsonNull() implements Json {}

    /// Reads one value that fills the whole of `text`.
    ///
    /// @throws MalformedJson when `text` is anything else, or nests deeper than [#DEPTH_MAX]
    static Json parse(String text) {
        return JsonReader.document(text);
    }

    static Json text(String value) {
        return new JsonText(value);
    }

    static Json number(long value) {
        return new JsonNumber(BigDecimal.valueOf(value));
    }

    static Json array(List<? extends Json> items) {
        return new JsonArray(new ArrayList<>(items));
    }

    /// The member of that name; empty when there is none, or when this is no object.
    default Optional<Json> member(String name) {
        return this instanceof JsonObject(var members)
                ? Optional.ofNullable(members.get(name))
                : Optional.empty();
    }

    /// The member's text; empty when there is none or it is not text.
    default Optional<String> textOf(String name) {
        return member(name)
                .flatMap(json ->
                        json instanceof JsonText(var value)
                                ? Optional.of(value)
                                : Optional.empty());
    }

    /// The member's number, its fraction cut off; empty when there is none or it does not fit.
    default Optional<Long> longOf(String name) {
        return member(name)
                .flatMap(json ->
                        json instanceof JsonNumber(var value) && fits(value)
                                ? Optional.of(value.longValue())
                                : Optional.empty());
    }

    /// The member's items; an empty list when there is none or it is no array.
    default List<Json> itemsOf(String name) {
        return member(name)
                .map(json -> json instanceof JsonArray(var items) ? items : List.<Json>of())
                .orElse(List.of());
    }

    /// This value as JSON text, indented by two spaces a level.
    default String print() {
        return JsonPrinter.print(this);
    }

    private static boolean fits(BigDecimal value) {
        // The order of size is asked first: the plain form of 1e999999999 would fill the memory.
        return value.precision() - value.scale() <= 19
                && value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
                && value.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0;
    }
}
