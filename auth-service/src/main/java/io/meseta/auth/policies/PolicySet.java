package io.meseta.auth.policies;

import io.meseta.auth.changes.Refused;
import io.meseta.authorization.Groups;
import io.meseta.authorization.engine.Authorizer;
import io.meseta.authorization.policy.Policy;
import io.meseta.authorization.policy.PolicyReader;
import io.meseta.authorization.text.Document;
import io.meseta.authorization.text.Mark;
import io.meseta.authorization.text.Outcome;
import io.meseta.authorization.text.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Policies' texts by their names, as they would be used together.
public record PolicySet(SortedMap<String, String> texts) {

    /// All of them travel in each bundle.
    public static final int CHARACTERS_MAX = 16 << 20;

    private static final int PROBLEMS_SHOWN_MAX = 20;

    public PolicySet {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    }

    /// These policies with some changed and some gone.
    public PolicySet changed(Map<String, String> written, List<String> removed) {
        var next = new TreeMap<>(texts);
        next.putAll(written);
        removed.forEach(next::remove);
        return new PolicySet(next);
    }

    /// All that is wrong with the texts; their names in the problems are the policies'.
    public List<Problem> problems() {
        return read() instanceof Outcome.Bad<List<Policy>>(var problems) ? problems : List.of();
    }

    /// What would decide by them.
    ///
    /// @throws Refused if something is wrong with them
    public Authorizer authorizer(Groups groups) {
        return switch (read()) {
            case Outcome.Good(var policies) -> Authorizer.of(policies, groups, 0, Instant.MAX);
            case Outcome.Bad(var problems) -> throw Refused.invalid(sentences(problems));
        };
    }

    private static String sentences(List<Problem> problems) {
        return problems.stream()
                .limit(PROBLEMS_SHOWN_MAX)
                .map(Problem::toString)
                .collect(Collectors.joining("; "));
    }

    private Outcome<List<Policy>> read() {
        var problems = new ArrayList<Problem>();
        var policies = new ArrayList<Policy>();
        long characters = 0;
        for (var each : texts.entrySet()) {
            characters += each.getValue().length();
            switch (PolicyReader.read(new Document(each.getKey(), each.getValue()))) {
                case Outcome.Bad(var found) -> problems.addAll(found);
                case Outcome.Good(var policy) -> {
                    policies.add(policy);
                    if (!policy.name().equals(each.getKey())) {
                        var message = "is called '%s' in its text".formatted(policy.name());
                        problems.add(new Problem(each.getKey(), Mark.START, "policy", message));
                    }
                }
            }
        }
        if (characters > CHARACTERS_MAX) {
            var message =
                    "all policies together have more than %d characters".formatted(CHARACTERS_MAX);
            problems.add(new Problem("policies", Mark.START, "", message));
        }
        return Outcome.of(policies, problems);
    }
}
