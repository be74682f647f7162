package io.meseta.authorization.text;

import java.util.List;
import java.util.function.Function;

/// What came of reading a text: a value, or all that is wrong with the text.
public sealed interface Outcome<T> {

    record Good<T>(T value) implements Outcome<T> {}

    record Bad<T>(List<Problem> problems) implements Outcome<T> {
        public Bad {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) throw new IllegalArgumentException("Nothing is wrong");
        }
    }

    /// The value if nothing is wrong.
    static <T> Outcome<T> of(T value, List<Problem> problems) {
        return problems.isEmpty() ? new Good<>(value) : new Bad<>(problems);
    }

    default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        return switch (this) {
            case Good(var value) -> next.apply(value);
            case Bad(var problems) -> new Bad<>(problems);
        };
    }

    /// For texts that we ship ourselves, where a problem is a fault of ours.
    default T orThrow() {
        return switch (this) {
            case Good(var value) -> value;
            case Bad(var problems) -> throw new IllegalArgumentException(problems.toString());
        };
    }
}
