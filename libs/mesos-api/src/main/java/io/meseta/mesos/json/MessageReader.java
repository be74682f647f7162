package io.meseta.mesos.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.meseta.mesos.MissingFields;
import io.meseta.mesos.json.OversizedJson.Limit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Reads JSON tokens into a message's builder.
///
/// A body that is of the wrong shape in one place and broken in a later one counts as broken, as in
/// Mesos, which parses all before it looks at any of it: so the rest is read after the first
/// complaint, too.
final class MessageReader {

    // Our own limits are checked token by token: Jackson's are fixed per factory, and a factory
    // per set of limits would lose its table of known names.
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private final JsonParser in;
    private final JsonLimits limits;
    private int depth;

    private MessageReader(JsonParser in, JsonLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    static <T extends Message> T read(byte[] json, T prototype, JsonLimits limits)
            throws UnreadableJson {
        if (json.length > limits.bytesMax()) throw new OversizedJson(Limit.BODY, limits.bytesMax());
        var builder = prototype.newBuilderForType();
        try (var in = JSON.createParser(ObjectReadContext.empty(), json)) {
            new MessageReader(in, limits).document(builder);
        } catch (JacksonException bad) {
            throw malformed(json, bad);
        }
        if (!builder.isInitialized()) {
            throw new MisshapenJson(MissingFields.complaint(builder));
        }
        // A prototype's builder makes messages of the prototype's own class.
        @SuppressWarnings("unchecked")
        var message = (T) builder.build();
        return message;
    }

    private static MalformedJson malformed(byte[] json, JacksonException bad) {
        var complaint = JsonSyntax.complaint(json);
        if (complaint.isPresent()) return new MalformedJson(complaint.get());
        // Text that looks well but is not UTF-8, for one.
        var place = bad.getLocation();
        long offset = place == null ? 0 : place.getByteOffset();
        int from = Math.clamp(offset, 0, json.length);
        return new MalformedJson(JsonSyntax.near(json, from));
    }

    private void document(Message.Builder builder) throws UnreadableJson {
        MisshapenJson complaint = null;
        try {
            if (next() == JsonToken.START_OBJECT) {
                message(builder, MessagePlan.of(builder.getDescriptorForType()));
            } else if (in.currentToken() == null) {
                throw new MalformedJson(JsonSyntax.near(new byte[0], 0));
            } else {
                complaint = new MisshapenJson("Expecting a JSON object");
            }
        } catch (MisshapenJson misshapen) {
            complaint = misshapen;
        }
        finish(complaint == null);
        if (complaint != null) throw complaint;
    }

    /// Reads what is left of the body, of which nothing may be left after a whole message.
    private void finish(boolean isWhole) throws UnreadableJson {
        while (next() != null) {
            if (isWhole) throw new TrailingText();
        }
    }

    private void message(Message.Builder builder, MessagePlan plan) throws UnreadableJson {
        while (next() == JsonToken.PROPERTY_NAME) {
            var field = plan.named(in.currentName());
            var token = next();
            if (field == null) skip();
            else if (token == JsonToken.VALUE_NULL) builder.clearField(field.field());
            else if (field.isMap()) map(builder, field, token);
            else if (field.isRepeated()) elements(builder, field, token);
            else single(builder, field, token);
        }
    }

    private void single(Message.Builder builder, FieldPlan field, @Nullable JsonToken token)
            throws UnreadableJson {
        var value = value(builder, field, token);
        if (value == null) builder.clearField(field.field());
        else builder.setField(field.field(), value);
    }

    private void elements(Message.Builder builder, FieldPlan field, @Nullable JsonToken token)
            throws UnreadableJson {
        builder.clearField(field.field());
        if (token != JsonToken.START_ARRAY) {
            add(builder, field, token);
            return;
        }
        for (var element = next(); element != JsonToken.END_ARRAY; element = next()) {
            if (element != JsonToken.VALUE_NULL) add(builder, field, element);
        }
    }

    private void add(Message.Builder builder, FieldPlan field, @Nullable JsonToken token)
            throws UnreadableJson {
        var value = value(builder, field, token);
        if (value != null) builder.addRepeatedField(field.field(), value);
    }

    private void map(Message.Builder builder, FieldPlan field, @Nullable JsonToken token)
            throws UnreadableJson {
        if (token != JsonToken.START_OBJECT) throw ScalarReader.unexpected(kind(token), field);
        builder.clearField(field.field());
        var keyField = field.entryField(1);
        var valueField = field.entryField(2);
        while (next() == JsonToken.PROPERTY_NAME) {
            var key = in.currentName();
            var element = next();
            if (element == JsonToken.VALUE_NULL) continue;
            var entry = builder.newBuilderForField(field.field());
            var value = value(entry, valueField, element);
            if (value == null) continue;
            entry.setField(keyField.field(), key).setField(valueField.field(), value);
            builder.addRepeatedField(field.field(), entry.buildPartial());
        }
    }

    /// The value that the current token begins; null for an enum value that we do not know.
    private @Nullable Object value(
            Message.Builder holder, FieldPlan field, @Nullable JsonToken token)
            throws UnreadableJson {
        return switch (token) {
            case START_OBJECT -> {
                if (field.type() != FieldDescriptor.Type.MESSAGE) {
                    throw ScalarReader.unexpected("object", field);
                }
                var content = holder.newBuilderForField(field.field());
                message(content, field.content());
                yield content.buildPartial();
            }
            case VALUE_STRING ->
                    ScalarReader.ofText(field, in.getString(), limits.numberCharsMax());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(field, token);
            case VALUE_TRUE, VALUE_FALSE -> {
                if (field.type() != FieldDescriptor.Type.BOOL) {
                    throw ScalarReader.unexpected("boolean", field);
                }
                yield token == JsonToken.VALUE_TRUE;
            }
            case null, default -> throw ScalarReader.unexpected(kind(token), field);
        };
    }

    private Object number(FieldPlan field, JsonToken token) throws UnreadableJson {
        switch (field.field().getJavaType()) {
            case STRING, BYTE_STRING, ENUM, BOOLEAN, MESSAGE ->
                    throw ScalarReader.unexpected("number", field);
            case DOUBLE, FLOAT, INT, LONG -> {}
        }
        boolean isLong =
                token == JsonToken.VALUE_NUMBER_INT
                        && in.getStringLength() <= ScalarReader.LONG_DIGITS;
        return isLong
                ? ScalarReader.ofLong(field, in.getLongValue())
                : ScalarReader.ofNumber(field, in.getString());
    }

    /// Reads over the value that the current token begins.
    private void skip() throws OversizedJson {
        int outside = depth - (in.currentToken().isStructStart() ? 1 : 0);
        while (depth > outside) next();
    }

    private static String kind(@Nullable JsonToken token) {
        return switch (token) {
            case START_ARRAY, END_ARRAY -> "array";
            case START_OBJECT, END_OBJECT -> "object";
            case VALUE_STRING -> "string";
            case VALUE_TRUE, VALUE_FALSE -> "boolean";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
            case null, default -> "null";
        };
    }

    /// The next token, within limits; null at the end of the body.
    private @Nullable JsonToken next() throws OversizedJson {
        var token = in.nextToken();
        switch (token) {
            case START_OBJECT, START_ARRAY -> {
                depth++;
                check(depth, Limit.DEPTH, limits.depthMax());
            }
            case END_OBJECT, END_ARRAY -> depth--;
            case PROPERTY_NAME -> {
                check(in.currentName().length(), Limit.STRING, limits.stringCharsMax());
                checkPaired(in.currentName());
            }
            case VALUE_STRING -> {
                check(in.getStringLength(), Limit.STRING, limits.stringCharsMax());
                checkPaired(in.getString());
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    check(in.getStringLength(), Limit.NUMBER, limits.numberCharsMax());
            case null, default -> {}
        }
        return token;
    }

    /// Half a surrogate pair has no UTF-8: it would be one text as long as it is in memory, and
    /// another once it has been written down.
    private static void checkPaired(String text) {
        int at = 0;
        while (at < text.length()) {
            int letter = text.codePointAt(at);
            // A pair is a letter beyond all surrogates.
            boolean isHalf = letter >= Character.MIN_SURROGATE && letter <= Character.MAX_SURROGATE;
            if (isHalf) throw new LoneSurrogate();
            at += Character.charCount(letter);
        }
    }

    private static void check(int amount, Limit limit, int most) throws OversizedJson {
        if (amount > most) throw new OversizedJson(limit, most);
    }

    /// A text holds half a surrogate pair. A JacksonException, as below.
    private static final class LoneSurrogate extends JacksonException {

        private static final long serialVersionUID = 1L;

        LoneSurrogate() {
            super("Half a surrogate pair");
        }
    }

    /// More text follows the body's one object. A JacksonException, so that it is put into words
    /// where all the others are.
    private static final class TrailingText extends JacksonException {

        private static final long serialVersionUID = 1L;

        TrailingText() {
            super("Text follows the object");
        }
    }
}
