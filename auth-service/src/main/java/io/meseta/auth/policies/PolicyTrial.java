package io.meseta.auth.policies;

import io.meseta.authorization.Question;
import io.meseta.authorization.Verdict;
import io.meseta.authorization.engine.Authorizer;
import java.time.Instant;
import java.util.List;

/// What would be decided otherwise if other policies were in force.
///
/// @param lines one for each question, in their order
public record PolicyTrial(List<Line> lines) {

    public static final int QUESTIONS_MAX = 10_000;

    public PolicyTrial {
        lines = List.copyOf(lines);
    }

    /// One question under both.
    public record Line(Question question, Verdict before, Verdict after) {

        public boolean isChange() {
            return before.isAllowed() != after.isAllowed();
        }
    }

    public static PolicyTrial of(
            Authorizer present, Authorizer candidate, List<Question> questions, Instant now) {
        return new PolicyTrial(
                questions.stream()
                        .map(question ->
                                new Line(
                                        question,
                                        present.decide(question, now),
                                        candidate.decide(question, now)))
                        .toList());
    }

    public long changes() {
        return lines.stream().filter(Line::isChange).count();
    }
}
