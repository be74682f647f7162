package io.meseta.model;

/// How much there is of a resource. Exact: what is taken away and put back leaves no trace.
///
/// Amounts of two types do not mix: `plus` and `minus` refuse, `contains` is false.
public sealed interface Amount permits Scalar, Ranges, Items {

    /// Both together. Ranges and items unite, so what both name counts once.
    ///
    /// @throws IllegalArgumentException if the other is of another type
    /// @throws ArithmeticException if a scalar would overflow
    Amount plus(Amount other);

    /// What is left.
    ///
    /// @throws IllegalArgumentException if this does not contain the other
    Amount minus(Amount other);

    /// What is left once the other is gone, of which there may be more than this holds. An amount
    /// of another type takes nothing away.
    Amount without(Amount other);

    /// Whether the other, of the same type, can be taken away from this.
    boolean contains(Amount other);

    boolean isEmpty();

    /// Reads `4`, `0.5`, `[31000-32000,33000-33000]` or `{a,b}`.
    ///
    /// @throws IllegalArgumentException if the text is none of these
    static Amount parse(String text) {
        var trimmed = text.strip();
        if (trimmed.startsWith("[")) return Ranges.parse(trimmed);
        if (trimmed.startsWith("{")) return Items.parse(trimmed);
        return Scalar.parse(trimmed);
    }

    /// The complaint of `plus` and `minus` about an amount of another type.
    private static IllegalArgumentException mixed(Amount left, Amount right) {
        return new IllegalArgumentException(
                "%s and %s are not amounts of one type".formatted(left, right));
    }

    /// Returns `right` as the type of `left`.
    static <A extends Amount> A sameType(A left, Amount right, Class<A> type) {
        if (!type.isInstance(right)) throw mixed(left, right);
        return type.cast(right);
    }
}
