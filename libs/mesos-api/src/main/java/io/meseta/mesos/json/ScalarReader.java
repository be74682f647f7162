package io.meseta.mesos.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Turns texts and numbers of a JSON body into the values of fields.
final class ScalarReader {

    /// Every whole number of so many digits is a long.
    static final int LONG_DIGITS = 18;

    private static final BigInteger UNSIGNED_MAX =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private ScalarReader() {}

    /// A text for a field of any type; null for an enum value that we do not know.
    static @Nullable Object ofText(FieldPlan field, String text, int numberCharsMax)
            throws UnreadableJson {
        return switch (field.field().getJavaType()) {
            case STRING -> text;
            case BYTE_STRING -> bytes(field, text);
            case ENUM -> enumValue(field, text);
            case BOOLEAN -> bool(field, text);
            case DOUBLE, FLOAT, INT, LONG -> quotedNumber(field, text, numberCharsMax);
            case MESSAGE -> throw unexpected("string", field);
        };
    }

    /// A number in JSON's notation for a numeric field.
    static Object ofNumber(FieldPlan field, String text) throws MisshapenJson {
        var type = field.field().getJavaType();
        if (type == JavaType.DOUBLE || type == JavaType.FLOAT) {
            return floating(field, Double.parseDouble(text));
        }
        return whole(field, wholePart(field, text));
    }

    /// A number that has already been taken for a long.
    static Object ofLong(FieldPlan field, long value) throws MisshapenJson {
        return switch (field.type()) {
            case INT64, SINT64, SFIXED64 -> value;
            case UINT64, FIXED64 -> {
                if (value < 0) throw outOfRange(field);
                yield value;
            }
            case INT32, SINT32, SFIXED32 -> {
                if (value != (int) value) throw outOfRange(field);
                yield (int) value;
            }
            case UINT32, FIXED32 -> {
                if (value != (value & 0xffffffffL)) throw outOfRange(field);
                yield (int) value;
            }
            case DOUBLE -> (double) value;
            case FLOAT -> (float) value;
            case BOOL, STRING, GROUP, MESSAGE, BYTES, ENUM -> throw unexpected("number", field);
        };
    }

    static MisshapenJson unexpected(String kind, FieldPlan field) {
        return new MisshapenJson(
                "Not expecting a JSON " + kind + " for field '" + field.name() + "'");
    }

    private static Object floating(FieldPlan field, double value) throws MisshapenJson {
        if (Double.isInfinite(value)) throw outOfRange(field);
        if (field.field().getJavaType() == JavaType.DOUBLE) return value;
        if (Float.isInfinite((float) value)) throw outOfRange(field);
        return (float) value;
    }

    private static Object whole(FieldPlan field, BigInteger value) throws MisshapenJson {
        boolean isUnsigned =
                switch (field.type()) {
                    case UINT64, FIXED64 -> true;
                    default -> false;
                };
        boolean fits =
                isUnsigned
                        ? value.signum() >= 0 && value.compareTo(UNSIGNED_MAX) <= 0
                        : value.bitLength() < Long.SIZE;
        if (!fits) throw outOfRange(field);
        return isUnsigned ? (Object) value.longValue() : ofLong(field, value.longValue());
    }

    /// Exponents are not expanded before they are known to be small.
    private static BigInteger wholePart(FieldPlan field, String text) throws MisshapenJson {
        double rough = Double.parseDouble(text);
        if (Math.abs(rough) > 1e20) throw outOfRange(field);
        return Math.abs(rough) < 1 ? BigInteger.ZERO : new BigDecimal(text).toBigInteger();
    }

    private static Object quotedNumber(FieldPlan field, String text, int numberCharsMax)
            throws UnreadableJson {
        var type = field.field().getJavaType();
        if (type == JavaType.DOUBLE || type == JavaType.FLOAT) {
            boolean isInfinite = text.equals("Infinity") || text.equals("-Infinity");
            if (isInfinite && type == JavaType.DOUBLE) return Double.valueOf(text);
            if (isInfinite) return Float.valueOf(text);
        }
        if (text.length() > numberCharsMax) {
            throw new OversizedJson(OversizedJson.Limit.NUMBER, numberCharsMax);
        }
        var complaint = JsonSyntax.complaint(text.getBytes(StandardCharsets.UTF_8));
        if (complaint.isPresent()) throw badText(field, text, "number", complaint.get());
        var number = text.strip();
        char first = number.charAt(0);
        if (first != '-' && (first < '0' || first > '9')) {
            throw badText(field, text, "number", "Unexpected JSON type parsed");
        }
        return ofNumber(field, number);
    }

    private static Object bool(FieldPlan field, String text) throws MisshapenJson {
        var word = text.strip();
        if (word.equals("true")) return true;
        if (word.equals("false")) return false;
        var complaint = JsonSyntax.complaint(text.getBytes(StandardCharsets.UTF_8));
        throw badText(field, text, "boolean", complaint.orElse("Unexpected JSON type parsed"));
    }

    /// An unknown name is dropped, for senders may be newer than we are, unless the field is
    /// required.
    private static @Nullable Object enumValue(FieldPlan field, String name) throws MisshapenJson {
        var value = field.value(name);
        if (value == null && field.field().isRequired()) {
            throw new MisshapenJson("Failed to find enum for '" + shortened(name) + "'");
        }
        return value;
    }

    private static ByteString bytes(FieldPlan field, String text) throws MisshapenJson {
        try {
            return ByteString.copyFrom(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException bad) {
            throw new MisshapenJson(
                    "Failed to base64 decode bytes field '"
                            + field.name()
                            + "': "
                            + Objects.requireNonNullElse(bad.getMessage(), "not base64"));
        }
    }

    private static MisshapenJson badText(
            FieldPlan field, String text, String kind, String complaint) {
        return new MisshapenJson(
                "Failed to parse '%s' as a JSON %s for field '%s': %s"
                        .formatted(shortened(text), kind, field.name(), complaint));
    }

    private static MisshapenJson outOfRange(FieldPlan field) {
        return new MisshapenJson("The number for field '" + field.name() + "' is out of range");
    }

    private static String shortened(String text) {
        return text.length() <= JsonSyntax.QUOTED_BYTES_MAX
                ? text
                : text.substring(0, JsonSyntax.QUOTED_BYTES_MAX);
    }
}
