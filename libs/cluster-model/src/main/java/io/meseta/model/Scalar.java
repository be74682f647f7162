package io.meseta.model;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// A number of units, held in thousandths of its wire unit: of a CPU, of a MB.
public record Scalar(long thousandths) implements Amount {

    public static final Scalar ZERO = new Scalar(0);

    /// The most that is taken from the wire, in wire units. Up to here each value of three decimals
    /// survives the way to a double and back; not far above, doubles have gaps.
    public static final long WIRE_MAX = 1_000_000_000_000L;

    private static final int PER_UNIT = 1000;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,20})?");

    public Scalar {
        if (thousandths < 0) throw new IllegalArgumentException("Negative values not supported");
    }

    /// Takes a wire value, rounded to a thousandth.
    ///
    /// @throws IllegalArgumentException with a reason fit for a client, if the value is not a
    ///   number, infinite, negative or above [#WIRE_MAX]
    public static Scalar ofWire(double value) {
        if (Double.isNaN(value)) throw new IllegalArgumentException("NaN not supported");
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException("Infinite values not supported");
        }
        if (value < 0) throw new IllegalArgumentException("Negative values not supported");
        if (value > WIRE_MAX) {
            throw new IllegalArgumentException(
                    "values greater than 1 trillion (%d) are not supported".formatted(WIRE_MAX));
        }
        return new Scalar(Math.round(value * PER_UNIT));
    }

    public static Scalar ofUnits(long units) {
        return new Scalar(Math.multiplyExact(units, PER_UNIT));
    }

    static Scalar parse(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a number");
        }
        return ofWire(Double.parseDouble(text));
    }

    /// The nearest double; exact on the way back by [#ofWire] up to [#WIRE_MAX].
    public double toWire() {
        return thousandths / (double) PER_UNIT;
    }

    /// @throws ArithmeticException if the sum does not fit: nothing real is so large, and a
    ///   saturated sum would give back less than was put in
    @Override
    public Scalar plus(Amount other) {
        var more = Amount.sameType(this, other, Scalar.class);
        return new Scalar(Math.addExact(thousandths, more.thousandths));
    }

    @Override
    public Scalar minus(Amount other) {
        var less = Amount.sameType(this, other, Scalar.class);
        if (less.thousandths > thousandths) {
            throw new IllegalArgumentException(this + " does not contain " + other);
        }
        return new Scalar(thousandths - less.thousandths);
    }

    @Override
    public Scalar without(Amount other) {
        if (!(other instanceof Scalar(long less))) return this;
        return new Scalar(Math.max(0, thousandths - less));
    }

    @Override
    public boolean contains(Amount other) {
        return other instanceof Scalar(long less) && less <= thousandths;
    }

    @Override
    public boolean isEmpty() {
        return thousandths == 0;
    }

    @Override
    public String toString() {
        if (thousandths % PER_UNIT == 0) return Long.toString(thousandths / PER_UNIT);
        return BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString();
    }
}
