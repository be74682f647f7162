package io.meseta.authorization.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.Context;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.Groups;
import io.meseta.authorization.Question;
import io.meseta.authorization.policy.Effect;
import io.meseta.authorization.policy.NamePattern;
import io.meseta.authorization.policy.Policy;
import io.meseta.authorization.policy.RandomPolicies;
import io.meseta.authorization.policy.Rule;
import io.meseta.authorization.policy.What;
import io.meseta.authorization.policy.Who;
import io.meseta.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Cedar says the same of what both can say: subjects, actions and targets, without calls and
/// conditions.
final class CedarOracleTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final int POLICIES = 80;
    private static final int QUESTIONS = 20;

    private static final EntityTypeName PRINCIPAL = type("Principal");
    private static final EntityTypeName GROUP = type("Group");
    private static final EntityTypeName KIND = type("Kind");
    private static final EntityTypeName ACTION = type("Action");
    private static final EntityTypeName THING = type("Thing");

    @Test
    void agreesWithCedar() {
        var cedar = new BasicAuthorizationEngine();
        var allowed = new int[2];
        Seeds.run(
                POLICIES,
                random -> {
                    var world = new RandomPolicies(random);
                    var rules =
                            world.policy("p", 10).rules().stream()
                                    .filter(rule -> isCommon(rule))
                                    .toList();
                    var ours =
                            Authorizer.of(
                                    List.of(new Policy("p", "", rules)),
                                    Groups.NONE,
                                    1,
                                    NOW.plusSeconds(60));
                    var theirs = new PolicySet(policies(rules));
                    for (int i = 0; i < QUESTIONS; i++) {
                        var question = world.question();
                        if (question.call().isPresent()) continue;
                        if (question.action().name().equals("CALL_SERVICE")) continue;
                        var response =
                                cedar.isAuthorized(
                                        request(question), theirs, Set.of(entities(question)));
                        assertThat(response.errors).isEmpty();
                        var theirAnswer = response.success.orElseThrow().isAllowed();

                        assertThat(ours.decide(question, NOW).isAllowed())
                                .as("%s of%n%s", question, theirs.policies)
                                .isEqualTo(theirAnswer);
                        allowed[theirAnswer ? 1 : 0]++;
                    }
                });
        // A test in which all answers are the same would say nothing.
        assertThat(allowed[0]).isGreaterThan(100);
        assertThat(allowed[1]).isGreaterThan(100);
    }

    private static boolean isCommon(Rule rule) {
        return rule.call().isAny()
                && rule.condition().isNone()
                && isCommon(rule.what())
                && rule.unless().stream().allMatch(each -> isCommon(each.what()));
    }

    /// Cedar's star crosses slashes, so stars within a segment are not common.
    private static boolean isCommon(What what) {
        return what.attributes().values().stream()
                .flatMap(List::stream)
                .allMatch(each -> each.literal().or(each::root).isPresent());
    }

    private static Set<com.cedarpolicy.model.policy.Policy> policies(List<Rule> rules) {
        var policies = new HashSet<com.cedarpolicy.model.policy.Policy>();
        for (var rule : rules) {
            policies.add(new com.cedarpolicy.model.policy.Policy(text(rule), rule.id()));
        }
        return policies;
    }

    private static String text(Rule rule) {
        var actions =
                rule.actions().stream()
                        .map(action -> "Action::\"" + action + "\"")
                        .collect(Collectors.joining(", "));
        var text = new StringBuilder();
        text.append(rule.effect() == Effect.ALLOW ? "permit" : "forbid")
                .append(" (principal, action in [")
                .append(actions)
                .append("], resource)\nwhen { ")
                .append(who(rule.who()))
                .append(" && ")
                .append(what(rule.what()))
                .append(" }");
        for (var each : rule.unless()) {
            text.append("\nunless { %s && %s }".formatted(who(each.who()), what(each.what())));
        }
        return text.append(";").toString();
    }

    private static String who(Who who) {
        return switch (who) {
            case Who.Everyone _ -> "true";
            case Who.Authenticated _ -> "!(principal in Kind::\"anonymous\")";
            case Who.Some(var principals, var groups, var kinds) -> {
                var names = new ArrayList<String>();
                for (var each : principals) {
                    names.add("(principal.name like %s)".formatted(like(each, "principal.name")));
                }
                for (var each : groups) names.add("principal in Group::\"" + each + "\"");
                var isNamed = names.isEmpty() ? "true" : "(" + String.join(" || ", names) + ")";
                var isKind =
                        kinds.stream()
                                .map(each -> "principal in Kind::\"" + each.text() + "\"")
                                .collect(Collectors.joining(" || ", "(", ")"));
                var isKnown = names.isEmpty() ? "true" : "!(principal in Kind::\"anonymous\")";
                yield "(%s && %s && %s)"
                        .formatted(isKnown, isNamed, kinds.isEmpty() ? "true" : isKind);
            }
        };
    }

    private static String what(What what) {
        var parts = new ArrayList<String>();
        what.attributes()
                .forEach((attribute, patterns) -> {
                    var name = "resource." + attribute.text();
                    var any =
                            patterns.stream()
                                    .map(each -> "(" + name + " like " + like(each, name) + ")")
                                    .collect(Collectors.joining(" || "));
                    parts.add("(resource has %s && (%s))".formatted(attribute.text(), any));
                });
        return parts.isEmpty() ? "true" : String.join(" && ", parts);
    }

    /// A pattern of ours as one or two of Cedar's, whose star is any run of characters.
    private static String like(NamePattern pattern, String name) {
        var literal = pattern.literal();
        if (literal.isPresent()) return quoted(literal.get());
        var root = pattern.root();
        if (root.isEmpty()) return "\"" + pattern.toString().replace("**", "*") + "\"";
        var below = quoted(root.get() + "/").replaceAll("\"$", "*\"");
        boolean isStrict = pattern.toString().endsWith("/*/**");
        return isStrict ? below : "%s || %s like %s".formatted(below, name, quoted(root.get()));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("*", "\\*") + "\"";
    }

    private static AuthorizationRequest request(Question question) {
        return new AuthorizationRequest(
                PRINCIPAL.of("it"),
                ACTION.of(question.action().name()),
                THING.of("it"),
                new Context());
    }

    private static Entity[] entities(Question question) {
        var subject = question.subject();
        var parents = new HashSet<EntityUID>();
        subject.groups().forEach(group -> parents.add(GROUP.of(group)));
        parents.add(KIND.of(subject.kind().text()));
        var name = Map.<String, Value>of("name", new PrimString(subject.principal()));
        var attributes = new HashMap<String, Value>();
        for (var attribute : Attribute.values()) {
            question.target()
                    .value(attribute)
                    .ifPresent(value -> attributes.put(attribute.text(), new PrimString(value)));
        }
        return new Entity[] {
            new Entity(PRINCIPAL.of("it"), name, parents),
            new Entity(THING.of("it"), attributes, Set.of())
        };
    }

    private static EntityTypeName type(String name) {
        return EntityTypeName.parse(name).orElseThrow();
    }
}
