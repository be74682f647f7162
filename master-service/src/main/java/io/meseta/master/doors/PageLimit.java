package io.meseta.master.doors;

import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.springframework.http.ResponseEntity;

/// How many of a list a caller of our own REST wants to see at once.
public final class PageLimit {

    private static final int MAX = 1_000;

    /// What to say of a limit that is none.
    public static final String PROBLEM = "'limit' must be 1 to " + MAX + ".";

    private PageLimit() {}

    /// What the text says; empty if that is no limit.
    public static OptionalInt of(String text) {
        int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        return limit >= 1 && limit <= MAX ? OptionalInt.of(limit) : OptionalInt.empty();
    }

    /// The answer with as many as the text says, or 400.
    public static ResponseEntity<Object> answer(
            String text, IntFunction<ResponseEntity<Object>> answer) {
        var limit = of(text);
        return limit.isPresent()
                ? answer.apply(limit.getAsInt())
                : new Problem(ProblemType.MALFORMED, PROBLEM).anyAnswer();
    }
}
