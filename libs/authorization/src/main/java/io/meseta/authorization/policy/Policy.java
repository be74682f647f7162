package io.meseta.authorization.policy;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Rules that are written, reviewed and switched on together.
public record Policy(String name, String description, List<Rule> rules) {

    public static final int RULES_MAX = 20_000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

    public Policy {
        nameProblem(name)
                .ifPresent(problem -> {
                    throw new IllegalArgumentException(problem);
                });
        rules = List.copyOf(rules);
        var ids = new TreeSet<String>();
        for (var rule : rules) {
            if (!ids.add(rule.id())) throw new IllegalArgumentException("Twice: " + rule.id());
        }
    }

    /// What is wrong with the name of a policy or a rule; empty if nothing is.
    static Optional<String> nameProblem(String name) {
        if (NAME.matcher(name).matches()) return Optional.empty();
        return Optional.of(
                "a name has 1 to 128 letters, digits, '.', '_', ':' or '-',"
                        + " and begins with a letter or digit");
    }
}
