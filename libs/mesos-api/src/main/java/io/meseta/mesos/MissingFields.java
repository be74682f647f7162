package io.meseta.mesos;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import java.util.ArrayList;
import java.util.List;

/// Finds the required fields that a message lacks.
///
/// Protobuf's own search lists every one, which for a body of a few megabytes of empty objects
/// takes gigabytes. This one stops at [#NAMES_MAX].
public final class MissingFields {

    /// How many are named at most.
    public static final int NAMES_MAX = 20;

    private final List<String> names = new ArrayList<>();

    private MissingFields() {}

    /// In the words of Mesos, such as `Missing required fields: subscribe.framework_info.name`.
    public static String complaint(MessageOrBuilder message) {
        return "Missing required fields: " + String.join(", ", in(message));
    }

    /// The paths of missing fields: a message's own first, then those of what it holds.
    public static List<String> in(MessageOrBuilder message) {
        var search = new MissingFields();
        search.search(message, "");
        return List.copyOf(search.names);
    }

    private void search(MessageOrBuilder message, String prefix) {
        for (var field : message.getDescriptorForType().getFields()) {
            if (field.isRequired() && !message.hasField(field)) add(prefix + field.getName());
        }
        for (var entry : message.getAllFields().entrySet()) {
            var field = entry.getKey();
            if (field.getJavaType() != JavaType.MESSAGE) continue;
            if (field.isRepeated()) {
                searchAll(field, (List<?>) entry.getValue(), prefix);
            } else {
                searchIn(entry.getValue(), prefix + field.getName() + ".");
            }
        }
    }

    private void searchAll(FieldDescriptor field, List<?> elements, String prefix) {
        int index = 0;
        for (var element : elements) {
            searchIn(element, prefix + field.getName() + "[" + index + "].");
            index++;
        }
    }

    private void searchIn(Object value, String prefix) {
        if (names.size() == NAMES_MAX || !(value instanceof Message message)) return;
        if (!message.isInitialized()) search(message, prefix);
    }

    private void add(String name) {
        if (names.size() < NAMES_MAX) names.add(name);
    }
}
