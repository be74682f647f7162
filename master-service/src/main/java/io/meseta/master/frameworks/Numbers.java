package io.meseta.master.frameworks;

import java.math.BigDecimal;
import java.math.MathContext;

/// Numbers as the complaints of Mesos print them.
final class Numbers {

    private static final MathContext SIX_DIGITS = new MathContext(6);
    private static final int EXPONENT_MIN = -4;

    private Numbers() {}

    /// At most six digits, with an exponent where the plain form would be long: `1e+12`, `0.5`.
    static String brief(double value) {
        if (Double.isNaN(value)) return "nan";
        if (Double.isInfinite(value)) return value > 0 ? "inf" : "-inf";
        if (value == 0) return "0";
        var rounded = new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= EXPONENT_MIN && exponent < SIX_DIGITS.getPrecision())
            return rounded.toPlainString();
        var digits = rounded.unscaledValue().abs().toString();
        var mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (rounded.signum() < 0 ? "-" : "")
                + mantissa
                + "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
