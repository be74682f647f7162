package io.meseta.authorization.engine;

import io.meseta.authorization.RuleId;
import io.meseta.authorization.Verdict;
import io.meseta.authorization.policy.Effect;
import java.util.List;

/// A verdict with all rules about the action: those that matched first, then the others, each with
/// why.
///
/// @param omitted how many more rules there were than lines are shown
public record Explanation(Verdict verdict, List<Line> lines, int omitted) {

    public static final int LINES_MAX = 1_000;

    public Explanation {
        lines = List.copyOf(lines);
    }

    static Explanation of(Verdict verdict, List<Line> lines) {
        int shown = Math.min(LINES_MAX, lines.size());
        return new Explanation(verdict, lines.subList(0, shown), lines.size() - shown);
    }

    /// One rule's part in a verdict.
    ///
    /// @param why as a clause: `it is about other callers`
    public record Line(RuleId rule, Effect effect, boolean isMatch, String why) {}
}
