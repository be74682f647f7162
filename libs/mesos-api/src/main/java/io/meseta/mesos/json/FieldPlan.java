package io.meseta.mesos.json;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the codec needs to know of one field.
final class FieldPlan {

    private final FieldDescriptor field;
    private final FieldDescriptor.Type type;
    private final boolean isRepeated;
    private final boolean isMap;
    private final byte[] label;
    private final long defaultBit;
    private final byte[] defaultText;
    private final Map<Integer, byte[]> valueTexts;
    private final Map<String, EnumValueDescriptor> values;
    // Found late, since message types may contain themselves. Finding it twice does no harm.
    private @Nullable MessagePlan content;

    private FieldPlan(FieldDescriptor field, int defaultIndex) {
        this.field = field;
        type = field.getType();
        isRepeated = field.isRepeated();
        isMap = field.isMapField();
        label = ("\"" + field.getName() + "\":").getBytes(StandardCharsets.UTF_8);
        boolean hasText =
                field.hasDefaultValue()
                        && !field.isRequired()
                        && !field.getOptions().getDeprecated();
        defaultBit = hasText ? 1L << defaultIndex : 0;
        defaultText = hasText ? defaultText(field) : new byte[0];
        values = new HashMap<>();
        valueTexts = new HashMap<>();
        if (field.getJavaType() == JavaType.ENUM) learn(field.getEnumType());
    }

    static FieldPlan of(FieldDescriptor field, int defaultIndex) {
        if (field.getType() == FieldDescriptor.Type.GROUP) {
            throw new IllegalArgumentException(field.getFullName() + " is a group");
        }
        if (field.isMapField()) {
            var key = field.getMessageType().findFieldByNumber(1);
            if (key.getType() != FieldDescriptor.Type.STRING) {
                throw new IllegalArgumentException(field.getFullName() + " has no texts as keys");
            }
        }
        return new FieldPlan(field, defaultIndex);
    }

    private void learn(EnumDescriptor type) {
        for (var value : type.getValues()) {
            values.put(value.getName(), value);
            valueTexts.putIfAbsent(
                    value.getNumber(),
                    ("\"" + value.getName() + "\"").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static byte[] defaultText(FieldDescriptor field) {
        var text = new JsonText(32);
        var value = field.getDefaultValue();
        switch (field.getJavaType()) {
            case DOUBLE, FLOAT -> text.number(((Number) value).doubleValue());
            case INT, LONG -> text.number(((Number) value).longValue());
            case BOOLEAN -> text.ascii(value.toString());
            case STRING -> {
                var bytes = value.toString().getBytes(StandardCharsets.UTF_8);
                text.string(bytes, 0, bytes.length);
            }
            case ENUM -> text.ascii("\"" + ((EnumValueDescriptor) value).getName() + "\"");
            case BYTE_STRING, MESSAGE ->
                    throw new IllegalArgumentException(field.getFullName() + " has a default");
        }
        return text.toBytes();
    }

    FieldDescriptor field() {
        return field;
    }

    FieldDescriptor.Type type() {
        return type;
    }

    String name() {
        return field.getName();
    }

    int number() {
        return field.getNumber();
    }

    boolean isRepeated() {
        return isRepeated;
    }

    boolean isMap() {
        return isMap;
    }

    /// The quoted name and the colon.
    byte[] label() {
        return label;
    }

    boolean isWrittenWhenUnset() {
        return defaultBit != 0;
    }

    /// The field's bit in the set of fields that need no default any more; 0 if it has none.
    long defaultBit() {
        return defaultBit;
    }

    byte[] defaultText() {
        return defaultText;
    }

    /// The quoted name of an enum value, or null if we do not know the number.
    byte @Nullable [] valueText(int number) {
        return valueTexts.get(number);
    }

    @Nullable EnumValueDescriptor value(String name) {
        return values.get(name);
    }

    /// The plan of the messages that the field holds; for a map, of its entries.
    MessagePlan content() {
        var found = content;
        if (found == null) {
            found = MessagePlan.of(field.getMessageType());
            content = found;
        }
        return found;
    }

    /// A map's key (1) or value (2) as a field of its entry.
    FieldPlan entryField(int number) {
        var plan = content().numbered(number);
        if (plan == null) throw new IllegalStateException(name() + " is not a map");
        return plan;
    }
}
