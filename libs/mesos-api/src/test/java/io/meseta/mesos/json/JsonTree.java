package io.meseta.mesos.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// JSON as plain maps, lists and values, so that tests can compare by meaning.
final class JsonTree {

    private static final JsonFactory JSON = new JsonFactory();

    /// A number. Two are equal if both are written as whole numbers, or both are not, and they mean
    /// the same: Mesos' last digit of a double is not always the shortest one.
    record Numeral(BigDecimal value, boolean isWhole) {

        static Numeral of(String text, boolean isWhole) {
            var exact = isWhole ? new BigDecimal(text) : new BigDecimal(Double.valueOf(text));
            return new Numeral(exact.stripTrailingZeros(), isWhole);
        }
    }

    private JsonTree() {}

    static Object of(byte[] json) {
        try (var in = JSON.createParser(ObjectReadContext.empty(), json)) {
            return value(in, in.nextToken());
        }
    }

    static Object of(String json) {
        try (var in = JSON.createParser(ObjectReadContext.empty(), json)) {
            return value(in, in.nextToken());
        }
    }

    /// The tree without empty lists, which some of Mesos' answers hold and others leave out.
    static Object withoutEmptyLists(Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> {
                var kept = new LinkedHashMap<Object, Object>();
                map.forEach((name, value) -> {
                    if (value instanceof List<?> list && list.isEmpty()) return;
                    kept.put(name, withoutEmptyLists(value));
                });
                yield kept;
            }
            case List<?> list -> list.stream().map(JsonTree::withoutEmptyLists).toList();
            default -> tree;
        };
    }

    /// The tree as JSON text again.
    static String written(Object tree) {
        return switch (tree) {
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(e -> quoted(e.getKey()) + ":" + written(e.getValue()))
                            .collect(Collectors.joining(",", "{", "}"));
            case List<?> list ->
                    list.stream().map(JsonTree::written).collect(Collectors.joining(",", "[", "]"));
            case String text -> quoted(text);
            case Numeral number ->
                    number.isWhole()
                            ? number.value().toPlainString()
                            : Double.toString(number.value().doubleValue());
            default -> tree.toString();
        };
    }

    private static String quoted(Object text) {
        var utf8 = text.toString().getBytes(UTF_8);
        var quoted = new JsonText(utf8.length);
        quoted.string(utf8, 0, utf8.length);
        return new String(quoted.toBytes(), UTF_8);
    }

    /// Where two trees differ first, for people. What theirs has at places that end in `exempt`
    /// need not be in ours.
    static Optional<String> difference(String path, Object ours, Object theirs, String exempt) {
        if (ours.equals(theirs)) return Optional.empty();
        if (ours instanceof Map<?, ?> our && theirs instanceof Map<?, ?> their) {
            var names = new TreeSet<String>();
            our.keySet().forEach(name -> names.add(name.toString()));
            their.keySet().forEach(name -> names.add(name.toString()));
            for (var name : names) {
                var one = our.get(name);
                var other = their.get(name);
                var place = path + "/" + name;
                if (one == null && place.endsWith(exempt)) continue;
                if (one == null) return Optional.of("ours lacks " + place);
                if (other == null) return Optional.of("ours adds " + place);
                var found = difference(place, one, other, exempt);
                if (found.isPresent()) return found;
            }
            return Optional.empty();
        }
        if (ours instanceof List<?> our
                && theirs instanceof List<?> their
                && our.size() == their.size()) {
            for (int i = 0; i < our.size(); i++) {
                var found = difference(path + "/" + i, our.get(i), their.get(i), exempt);
                if (found.isPresent()) return found;
            }
            return Optional.empty();
        }
        return Optional.of(path + ": ours " + ours + ", theirs " + theirs);
    }

    private static Object value(JsonParser in, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> {
                var map = new LinkedHashMap<String, Object>();
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    var name = in.currentName();
                    var old = map.put(name, value(in, in.nextToken()));
                    if (old != null) throw new AssertionError(name + " comes twice");
                }
                yield map;
            }
            case START_ARRAY -> {
                var list = new ArrayList<Object>();
                for (var next = in.nextToken(); next != JsonToken.END_ARRAY; ) {
                    list.add(value(in, next));
                    next = in.nextToken();
                }
                yield list;
            }
            case VALUE_STRING -> in.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    Numeral.of(in.getString(), token == JsonToken.VALUE_NUMBER_INT);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> "null";
        };
    }
}
