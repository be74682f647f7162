package io.meseta.mesos.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.SplittableRandom;

/// Fills messages of any type by their descriptor, under a seed.
final class RandomMessages {

    private static final int DEPTH_MAX = 7;
    private static final String SIGNS = "az09/\"\\\b\f\n\r\t\u0001\u001f\u007f <>é中\u2028*";

    private final SplittableRandom random;

    RandomMessages(long seed) {
        random = new SplittableRandom(seed);
    }

    <T extends Message> T like(T prototype) {
        // A prototype's builder makes messages of the prototype's own class.
        @SuppressWarnings("unchecked")
        var message = (T) fill(prototype.newBuilderForType(), 0).build();
        return message;
    }

    private Message.Builder fill(Message.Builder builder, int depth) {
        for (var field : builder.getDescriptorForType().getFields()) {
            if (!field.isRequired() && random.nextInt(depth < DEPTH_MAX ? 3 : 100) > 0) continue;
            if (!field.isRequired() && depth > 2 * DEPTH_MAX) continue;
            if (field.isMapField()) fillMap(builder, field, depth);
            else if (field.isRepeated()) fillList(builder, field, depth);
            else builder.setField(field, value(builder, field, depth));
        }
        return builder;
    }

    private void fillList(Message.Builder builder, FieldDescriptor field, int depth) {
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            builder.addRepeatedField(field, value(builder, field, depth));
        }
    }

    private void fillMap(Message.Builder builder, FieldDescriptor field, int depth) {
        var keyField = field.getMessageType().findFieldByNumber(1);
        var valueField = field.getMessageType().findFieldByNumber(2);
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            var entry = builder.newBuilderForField(field);
            entry.setField(keyField, i + text());
            entry.setField(valueField, value(entry, valueField, depth));
            builder.addRepeatedField(field, entry.build());
        }
    }

    private Object value(Message.Builder holder, FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case MESSAGE -> fill(holder.newBuilderForField(field), depth + 1).build();
            case STRING -> text();
            case BYTE_STRING -> bytes();
            case BOOLEAN -> random.nextBoolean();
            case ENUM -> {
                var values = field.getEnumType().getValues();
                yield values.get(random.nextInt(values.size()));
            }
            case INT -> (int) whole();
            case LONG -> whole();
            case DOUBLE -> floating();
            case FLOAT -> (float) floating();
        };
    }

    private long whole() {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> Long.MIN_VALUE + random.nextInt(2);
            case 2 -> Long.MAX_VALUE - random.nextInt(2);
            case 3 -> random.nextLong();
            default -> random.nextInt(-100, 100_000);
        };
    }

    private double floating() {
        return switch (random.nextInt(7)) {
            case 0 -> 0.0;
            case 1 -> random.nextInt(-1000, 1000);
            case 2 -> random.nextInt(100_000) / 1000.0;
            case 3 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            case 4 -> random.nextBoolean() ? Double.MIN_VALUE : -0.0;
            case 5 -> (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-30, 30));
            default -> anyFinite();
        };
    }

    private double anyFinite() {
        double any = Double.longBitsToDouble(random.nextLong());
        return Double.isNaN(any) ? Double.MAX_VALUE : any;
    }

    private String text() {
        var text = new StringBuilder();
        int length = random.nextInt(8);
        for (int i = 0; i < length; i++) {
            if (random.nextInt(20) == 0) text.appendCodePoint(0x1f600 + random.nextInt(50));
            else text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return text.toString();
    }

    private ByteString bytes() {
        var bytes = new byte[random.nextInt(10)];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    /// The message with every default set that its JSON form shows.
    static Message withDefaults(Message message) {
        var builder = message.toBuilder();
        for (var field : message.getDescriptorForType().getFields()) {
            boolean isShown =
                    field.hasDefaultValue()
                            && !field.isRequired()
                            && !field.getOptions().getDeprecated();
            if (isShown && !message.hasField(field)) {
                builder.setField(field, field.getDefaultValue());
            }
        }
        for (var field : message.getAllFields().keySet()) {
            if (field.getJavaType() != JavaType.MESSAGE) continue;
            if (field.isRepeated()) {
                builder.clearField(field);
                for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                    var element = (Message) message.getRepeatedField(field, i);
                    builder.addRepeatedField(field, withDefaults(element));
                }
            } else {
                builder.setField(field, withDefaults((Message) message.getField(field)));
            }
        }
        return builder.build();
    }
}
