package io.meseta.testkit.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Locale;

/// Messages of any type, grown by their descriptor from choices: well formed, and as odd as the
/// choices are.
public final class Growth {

    private static final int DEPTH_MAX = 12;
    private static final int FIELDS_MAX = 6;
    private static final int ELEMENTS_MAX = 4;
    private static final int OCTETS_MAX = 20;
    private static final int UUID_BYTES = 16;
    private static final String TYPE = "type";

    private final Choices choices;

    public Growth(Choices choices) {
        this.choices = choices;
    }

    /// A message of the prototype's type with everything that is required.
    public <T extends Message> T like(T prototype) {
        // A prototype's builder makes messages of the prototype's own class.
        @SuppressWarnings("unchecked")
        var message = (T) fill(prototype.newBuilderForType(), 0).build();
        return message;
    }

    private Message.Builder fill(Message.Builder builder, int depth) {
        var fields = builder.getDescriptorForType().getFields();
        for (var field : fields)
            if (field.isRequired()) builder.setField(field, value(builder, field, depth));
        if (fields.isEmpty() || depth >= DEPTH_MAX) return builder;
        choosePart(builder, fields, depth);
        int count = choices.below(FIELDS_MAX);
        for (int i = 0; i < count && !choices.isOver(); i++)
            set(builder, choices.of(fields), depth);
        return builder;
    }

    /// Most messages of Mesos say by a type which of their parts is meant: mostly it is there.
    private void choosePart(Message.Builder builder, List<FieldDescriptor> fields, int depth) {
        var type = builder.getDescriptorForType().findFieldByName(TYPE);
        if (type == null
                || type.isRepeated()
                || type.getJavaType() != FieldDescriptor.JavaType.ENUM) return;
        var value = choices.of(type.getEnumType().getValues());
        builder.setField(type, value);
        var name = value.getName().toLowerCase(Locale.ROOT);
        if (choices.below(8) == 7) return;
        fields.stream()
                .filter(field -> field.getName().equals(name))
                .findFirst()
                .ifPresent(part -> set(builder, part, depth));
    }

    private void set(Message.Builder builder, FieldDescriptor field, int depth) {
        if (!field.isRepeated()) {
            builder.setField(field, value(builder, field, depth));
            return;
        }
        int count = 1 + choices.below(ELEMENTS_MAX);
        for (int i = 0; i < count; i++) {
            builder.addRepeatedField(
                    field,
                    field.isMapField()
                            ? entry(builder, field, depth)
                            : value(builder, field, depth));
            if (choices.isOver()) return;
        }
    }

    private Message entry(Message.Builder holder, FieldDescriptor field, int depth) {
        var entry = holder.newBuilderForField(field);
        for (var part : entry.getDescriptorForType().getFields())
            entry.setField(part, value(entry, part, depth));
        return entry.build();
    }

    private Object value(Message.Builder holder, FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case MESSAGE -> fill(holder.newBuilderForField(field), depth + 1).build();
            case STRING -> choices.text();
            case BYTE_STRING -> octets();
            case BOOLEAN -> choices.coin();
            case ENUM -> choices.of(field.getEnumType().getValues());
            case INT -> (int) choices.whole();
            case LONG -> choices.whole();
            case DOUBLE -> choices.number();
            case FLOAT -> (float) choices.number();
        };
    }

    /// Mostly as many as a UUID has, with a version in its place.
    private ByteString octets() {
        if (choices.below(4) == 3) return ByteString.copyFrom(choices.octets(OCTETS_MAX));
        var uuid = new byte[UUID_BYTES];
        uuid[UUID_BYTES - 1] = (byte) choices.below(8);
        uuid[6] = 0x40;
        return ByteString.copyFrom(uuid);
    }
}
