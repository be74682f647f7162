package io.meseta.mesos.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import java.util.Arrays;

/// Turns a message's wire bytes into JSON text.
///
/// The naive way asks the message for each field by reflection, boxing every number and building a
/// map per message. This way lets generated code write the wire bytes, which it does fast, and
/// walks those once. It relies on what that code promises: a field's elements lie next to each
/// other, singular fields come once, and only then come unknown ones.
final class MessageWriter {

    /// Text is about this many times as long as wire bytes.
    private static final int GROWTH = 3;

    private final byte[] wire;
    private final JsonText text;
    private int at;

    private MessageWriter(byte[] wire) {
        this.wire = wire;
        this.text = new JsonText((int) Math.min((long) GROWTH * wire.length, 1 << 28));
    }

    static JsonText write(Message message) {
        var writer = new MessageWriter(message.toByteArray());
        writer.message(MessagePlan.of(message.getDescriptorForType()), writer.wire.length);
        return writer.text;
    }

    private void message(MessagePlan plan, int end) {
        text.raw('{');
        int start = text.size();
        long seen = 0;
        while (at < end) {
            int tag = (int) varint();
            var field = plan.numbered(WireFormat.getTagFieldNumber(tag));
            if (field == null) {
                skip(tag);
                continue;
            }
            int mark = text.size();
            if (mark > start) text.raw(',');
            text.raw(field.label());
            if (field(field, tag, end)) seen |= field.defaultBit();
            else text.cut(mark);
        }
        for (var field : plan.defaults()) {
            if ((seen & field.defaultBit()) != 0) continue;
            if (text.size() > start) text.raw(',');
            text.raw(field.label());
            text.raw(field.defaultText());
        }
        text.raw('}');
    }

    /// Returns false when there was nothing to write but enum values that we do not know.
    private boolean field(FieldPlan field, int tag, int end) {
        if (field.isMap()) {
            map(field, tag, end);
            return true;
        }
        return field.isRepeated() ? elements(field, tag, end) : value(field);
    }

    private boolean elements(FieldPlan field, int tag, int end) {
        text.raw('[');
        int start = text.size();
        boolean isPacked =
                WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
                        && field.field().isPackable();
        if (isPacked) {
            int packedEnd = length() + at;
            while (at < packedEnd) element(field, start);
        } else {
            do {
                element(field, start);
            } while (continues(tag, end));
        }
        text.raw(']');
        return text.size() > start + 1;
    }

    private void element(FieldPlan field, int start) {
        int mark = text.size();
        if (mark > start) text.raw(',');
        if (!value(field)) text.cut(mark);
    }

    private void map(FieldPlan field, int tag, int end) {
        var value = field.entryField(2);
        text.raw('{');
        int start = text.size();
        do {
            int entryEnd = length() + at;
            int mark = text.size();
            if (mark > start) text.raw(',');
            // Generated code writes both parts of an entry, the key first.
            varint();
            value(field.entryField(1));
            text.raw(':');
            varint();
            if (!value(value)) text.cut(mark);
            at = entryEnd;
        } while (continues(tag, end));
        text.raw('}');
    }

    /// Steps over the tag if the next field is the same one again.
    private boolean continues(int tag, int end) {
        if (at >= end) return false;
        int before = at;
        if ((int) varint() == tag) return true;
        at = before;
        return false;
    }

    private boolean value(FieldPlan field) {
        switch (field.type()) {
            case MESSAGE -> {
                int end = length() + at;
                message(field.content(), end);
            }
            case STRING -> {
                int length = length();
                text.string(wire, at, length);
                at += length;
            }
            case ENUM -> {
                var name = field.valueText((int) varint());
                if (name == null) return false;
                text.raw(name);
            }
            case BYTES -> {
                int length = length();
                text.base64(Arrays.copyOfRange(wire, at, at + length));
                at += length;
            }
            case BOOL -> text.ascii(varint() != 0 ? "true" : "false");
            case DOUBLE -> text.number(Double.longBitsToDouble(fixed64()));
            case FLOAT -> text.number(Double.parseDouble(Float.toString(floating())));
            default -> whole(field.type());
        }
        return true;
    }

    private void whole(FieldDescriptor.Type type) {
        switch (type) {
            case INT64, INT32 -> text.number(varint());
            case UINT64 -> text.unsigned(varint());
            case UINT32 -> text.number(varint() & 0xffffffffL);
            case SINT32, SINT64 -> {
                long zigzag = varint();
                text.number((zigzag >>> 1) ^ -(zigzag & 1));
            }
            case FIXED64 -> text.unsigned(fixed64());
            case SFIXED64 -> text.number(fixed64());
            case FIXED32 -> text.number(fixed32() & 0xffffffffL);
            case SFIXED32 -> text.number(fixed32());
            case GROUP, MESSAGE, STRING, ENUM, BYTES, BOOL, DOUBLE, FLOAT ->
                    throw new IllegalStateException(type + " is not a whole number");
        }
    }

    private void skip(int tag) {
        switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_VARINT -> varint();
            case WireFormat.WIRETYPE_FIXED64 -> at += 8;
            case WireFormat.WIRETYPE_FIXED32 -> at += 4;
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
                int length = length();
                at += length;
            }
            case WireFormat.WIRETYPE_START_GROUP -> skipGroup(tag);
            default -> throw new IllegalStateException("A message wrote the tag " + tag);
        }
    }

    private void skipGroup(int start) {
        int number = WireFormat.getTagFieldNumber(start);
        while (true) {
            int tag = (int) varint();
            boolean isEnd = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_END_GROUP;
            if (isEnd && WireFormat.getTagFieldNumber(tag) == number) return;
            skip(tag);
        }
    }

    private int length() {
        return (int) varint();
    }

    private long varint() {
        byte first = wire[at++];
        if (first >= 0) return first;
        long value = first & 0x7f;
        for (int shift = 7; shift < Long.SIZE; shift += 7) {
            byte next = wire[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) return value;
        }
        throw new IllegalStateException("A message wrote a varint of more than ten bytes");
    }

    private float floating() {
        return Float.intBitsToFloat(fixed32());
    }

    private int fixed32() {
        int value = 0;
        for (int i = 0; i < 4; i++) value |= (wire[at++] & 0xff) << (8 * i);
        return value;
    }

    private long fixed64() {
        long value = 0;
        for (int i = 0; i < 8; i++) value |= (wire[at++] & 0xffL) << (8 * i);
        return value;
    }
}
