package io.meseta.benchmarks.authorization;

import io.meseta.authorization.Action;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.policy.CallShape;
import io.meseta.authorization.policy.Condition;
import io.meseta.authorization.policy.Effect;
import io.meseta.authorization.policy.Exemption;
import io.meseta.authorization.policy.NamePattern;
import io.meseta.authorization.policy.PathTemplate;
import io.meseta.authorization.policy.Policy;
import io.meseta.authorization.policy.Rule;
import io.meseta.authorization.policy.What;
import io.meseta.authorization.policy.Who;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Policies of 10,000 rules each.
final class RuleSets {

    private static final int RULES = 10_000;

    private RuleSets() {}

    /// 220 services of 40 rules, 1,000 teams with a role each, and some rules about everyone.
    static Policy spread() {
        var rules = new ArrayList<Rule>();
        for (int i = 0; i < 20; i++) {
            rules.add(
                    Rule.of(
                                    "no-internals-" + i,
                                    Effect.DENY,
                                    Set.of(Action.CALL_SERVICE),
                                    Who.EVERYONE,
                                    What.ANYTHING)
                            .forCalls(paths(i == 0 ? "/internal/**" : "/internal-" + i + "/**"))
                            .unless(List.of(new Exemption(Who.groups("ops"), What.ANYTHING))));
        }
        rules.add(
                Rule.of(
                                "own-account",
                                Effect.ALLOW,
                                Set.of(Action.CALL_SERVICE),
                                Who.AUTHENTICATED,
                                service("accounts"))
                        .forCalls(paths("/accounts/{owner}/**"))
                        .when(Condition.of("call.variables.owner == subject.principal")));
        for (int i = 0; i < 1_000; i++) rules.add(team(i));
        for (int i = 0; rules.size() < RULES; i++) rules.add(thing(i));
        return new Policy("spread", "", rules);
    }

    /// All about everyone and one service.
    static Policy crowded() {
        var rules = new ArrayList<Rule>();
        for (int i = 0; i < RULES; i++) {
            rules.add(
                    Rule.of(
                                    "r" + i,
                                    Effect.ALLOW,
                                    Set.of(Action.CALL_SERVICE),
                                    Who.EVERYONE,
                                    service("orders"))
                            .forCalls(paths("/api/v1/things-" + i + "/{id}")));
        }
        return new Policy("crowded", "", rules);
    }

    private static Rule team(int number) {
        var name = "team-" + number;
        return Rule.of(
                name,
                Effect.ALLOW,
                Set.of(Action.RUN_TASK, Action.VIEW_TASK, Action.VIEW_ROLE),
                Who.groups(name),
                What.of(Attribute.ROLE, NamePattern.of(name + "/**")));
    }

    private static Rule thing(int number) {
        return Rule.of(
                        "thing-" + number,
                        Effect.ALLOW,
                        Set.of(Action.CALL_SERVICE),
                        Who.principals("web", "batch-" + number),
                        service("svc-" + number % 220))
                .forCalls(
                        new CallShape(
                                new TreeSet<>(Set.of("GET", "HEAD")),
                                List.of(
                                        PathTemplate.of(
                                                "/api/v1/things-%d/{id}/**"
                                                        .formatted(number / 220))),
                                new TreeMap<>()));
    }

    private static CallShape paths(String template) {
        return new CallShape(new TreeSet<>(), List.of(PathTemplate.of(template)), new TreeMap<>());
    }

    private static What service(String name) {
        return What.of(Attribute.SERVICE, NamePattern.exactly(name));
    }
}
