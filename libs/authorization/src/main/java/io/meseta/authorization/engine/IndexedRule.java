package io.meseta.authorization.engine;

import io.meseta.authorization.Call;
import io.meseta.authorization.CallPath;
import io.meseta.authorization.Question;
import io.meseta.authorization.RuleId;
import io.meseta.authorization.Subject;
import io.meseta.authorization.Target;
import io.meseta.authorization.policy.Condition;
import io.meseta.authorization.policy.Effect;
import io.meseta.authorization.policy.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A rule with its place in the one order of all rules, which does not depend on the order in which
/// they were written.
record IndexedRule(int order, RuleId id, Rule rule) {

    boolean isDeny() {
        return rule.effect() == Effect.DENY;
    }

    boolean hasCondition() {
        return !rule.condition().isNone();
    }

    /// Compares the cheap parts first. The subject's groups must be complete.
    Finding find(Question question, Instant now) {
        if (!rule.who().includes(question.subject())) return Finding.OTHER_SUBJECT;
        if (!rule.what().includes(question.target())) return Finding.OTHER_TARGET;
        var call = question.calledWith();
        if (!rule.call().isAny()) {
            if (call == null) return Finding.NO_CALL;
            var finding = findCall(call);
            if (finding != Finding.MATCHES) return finding;
        }
        if (isExempt(question.subject(), question.target())) return Finding.EXEMPT;
        return hasCondition() ? findCondition(question, now) : Finding.MATCHES;
    }

    private Finding findCall(Call call) {
        if (!rule.call().hasMethod(call)) return Finding.OTHER_METHOD;
        boolean hasPath =
                switch (call.path()) {
                    case CallPath.Clear(var segments, _) -> rule.call().hasPath(segments);
                    // The engine refuses such calls before it asks for rules.
                    case CallPath.Unclear _ -> isDeny();
                };
        if (!hasPath) return Finding.OTHER_PATH;
        return rule.call().hasHeaders(call, rule.effect())
                ? Finding.MATCHES
                : Finding.OTHER_HEADERS;
    }

    private boolean isExempt(Subject subject, Target target) {
        for (var exemption : rule.unless()) {
            if (exemption.covers(subject, target)) return true;
        }
        return false;
    }

    /// One answer for each way in which the path fits; one that holds is enough.
    private Finding findCondition(Question question, Instant now) {
        var worst = Finding.CONDITION_FALSE;
        for (var variables : bindings(question)) {
            switch (rule.condition().evaluate(question, variables, now)) {
                case Condition.Answer.Holds _ -> {
                    return Finding.MATCHES;
                }
                case Condition.Answer.HoldsNot _ -> {}
                case Condition.Answer.Unknown _ ->
                        worst = isDeny() ? Finding.MATCHES_UNPROVEN : Finding.CONDITION_UNKNOWN;
            }
        }
        return worst;
    }

    private List<Map<String, String>> bindings(Question question) {
        var call = question.calledWith();
        boolean isAsked = rule.condition().asksForVariables();
        if (!isAsked || call == null) return List.of(Map.of());
        if (!(call.path() instanceof CallPath.Clear(var segments, _))) return List.of(Map.of());
        var bindings = new ArrayList<Map<String, String>>();
        for (var template : rule.call().matching(segments)) {
            bindings.add(template.variables(segments));
        }
        return bindings;
    }

    /// What a condition that could not be evaluated complained of, for people.
    String complaint(Question question, Instant now) {
        for (var variables : bindings(question)) {
            if (rule.condition().evaluate(question, variables, now)
                    instanceof Condition.Answer.Unknown(var problem)) {
                return problem.lines().findFirst().orElse("");
            }
        }
        return "";
    }
}
