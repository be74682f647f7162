package io.meseta.images.json;

import io.meseta.images.reference.ImageFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A JSON value. Looking something up that has another type than asked for is a malformed document;
/// `null` and absent are one.
public sealed interface Json {

    /// Reads one value and nothing after it. `what` names the document in messages.
    static Json parse(byte[] text, String what) {
        return JsonReading.of(text, what);
    }

    /// Reads one object and nothing after it.
    static Members object(byte[] text, String what) {
        if (parse(text, what) instanceof Members members) return members;
        throw ImageFault.malformed(what + " is no JSON object");
    }

    /// A string.
    record Text(String value) implements Json {}

    /// A number, as it is written.
    record Numeral(String digits) implements Json {}

    /// `true` or `false`.
    record Truth(boolean value) implements Json {}

    /// `null`.
    record Nothing() implements Json {}

    /// An array.
    record Items(List<Json> values) implements Json {
        public Items {
            values = List.copyOf(values);
        }

        /// All of them objects.
        public List<Members> objects() {
            return values.stream().map(each -> Json.as(Members.class, each, "an item")).toList();
        }

        /// All of them strings.
        public List<String> texts() {
            return values.stream()
                    .map(each -> Json.as(Text.class, each, "an item").value())
                    .toList();
        }
    }

    /// An object, in the order of the document. Of members with one name the last counts.
    record Members(Map<String, Json> values) implements Json {
        public Members {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        public Optional<String> text(String name) {
            return find(Text.class, name).map(Text::value);
        }

        /// The string called `name`, or a malformed document.
        public String needText(String name) {
            return text(name).orElseThrow(() -> ImageFault.malformed("no \"" + name + "\""));
        }

        /// A whole number of 64 bits.
        public OptionalLong number(String name) {
            var numeral = find(Numeral.class, name);
            if (numeral.isEmpty()) return OptionalLong.empty();
            try {
                return OptionalLong.of(Long.parseLong(numeral.get().digits()));
            } catch (NumberFormatException _) {
                throw ImageFault.malformed("\"" + name + "\" is no whole number");
            }
        }

        /// The object called `name`, empty where there is none.
        public Members object(String name) {
            return find(Members.class, name).orElseGet(() -> new Members(Map.of()));
        }

        public boolean has(String name) {
            return values.containsKey(name) && !(values.get(name) instanceof Nothing);
        }

        /// The objects of the array called `name`, none where there is none.
        public List<Members> objects(String name) {
            return find(Items.class, name).map(Items::objects).orElse(List.of());
        }

        /// The strings of the array called `name`, none where there is none.
        public List<String> texts(String name) {
            return find(Items.class, name).map(Items::texts).orElse(List.of());
        }

        /// The object called `name` read as names and strings.
        public Map<String, String> textsByName(String name) {
            var texts = new LinkedHashMap<String, String>();
            object(name)
                    .values()
                    .forEach((key, value) ->
                            texts.put(key, Json.as(Text.class, value, key).value()));
            return Collections.unmodifiableMap(texts);
        }

        /// The names in the object called `name`, which is a set written as `{"a": {}, …}`.
        public List<String> names(String name) {
            return List.copyOf(new ArrayList<>(object(name).values().keySet()));
        }

        private <T extends Json> Optional<T> find(Class<T> type, String name) {
            var value = values.get(name);
            return value == null || value instanceof Nothing
                    ? Optional.empty()
                    : Optional.of(Json.as(type, value, name));
        }
    }

    private static <T extends Json> T as(Class<T> type, @Nullable Json value, String name) {
        if (type.isInstance(value)) return type.cast(value);
        throw ImageFault.malformed("%s is no %s".formatted(ImageFault.quoted(name), wanted(type)));
    }

    private static String wanted(Class<?> type) {
        if (type == Members.class) return "object";
        if (type == Items.class) return "array";
        return type == Text.class ? "string" : "number";
    }
}
