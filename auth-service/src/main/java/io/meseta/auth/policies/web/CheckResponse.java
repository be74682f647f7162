package io.meseta.auth.policies.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.meseta.auth.policies.PolicyTrial;
import io.meseta.authorization.Verdict;
import io.meseta.authorization.text.Problem;
import java.util.List;

/// What came of trying policies.
///
/// @param problems what is wrong with their texts; then nothing was asked
/// @param changes how many questions would be answered otherwise
/// @param lines one for each question, in the order given, the recorded ones after them
record CheckResponse(List<ProblemResponse> problems, long changes, List<LineResponse> lines) {

    /// @param policy the policy's name
    record ProblemResponse(String policy, int line, int column, String path, String message) {}

    record VerdictResponse(boolean allowed, String rule, String reason) {}

    record LineResponse(
            String question,
            @JsonProperty("changed") boolean isChanged,
            VerdictResponse before,
            VerdictResponse after) {}

    static CheckResponse wrong(List<Problem> problems) {
        var shown =
                problems.stream()
                        .map(each ->
                                new ProblemResponse(
                                        each.source(),
                                        each.at().line(),
                                        each.at().column(),
                                        each.path(),
                                        each.message()))
                        .toList();
        return new CheckResponse(shown, 0, List.of());
    }

    static CheckResponse of(PolicyTrial trial) {
        var lines = trial.lines().stream().map(CheckResponse::line).toList();
        return new CheckResponse(List.of(), trial.changes(), lines);
    }

    private static LineResponse line(PolicyTrial.Line line) {
        var question = line.question();
        return new LineResponse(
                question.describe() + " for " + question.subject().describe(),
                line.isChange(),
                verdict(line.before()),
                verdict(line.after()));
    }

    private static VerdictResponse verdict(Verdict verdict) {
        return new VerdictResponse(
                verdict.isAllowed(), verdict.rule().toString(), verdict.reason());
    }
}
