package io.meseta.authorization.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.Action;
import io.meseta.authorization.CallPath;
import io.meseta.authorization.Groups;
import io.meseta.authorization.Question;
import io.meseta.authorization.policy.Condition;
import io.meseta.authorization.policy.Effect;
import io.meseta.authorization.policy.Policy;
import io.meseta.authorization.policy.RandomPolicies;
import io.meseta.authorization.policy.Rule;
import io.meseta.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What holds of the engine whatever the policies are.
final class AuthorizerProperties {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final int SEEDS = 200;
    private static final int QUESTIONS = 25;

    private interface Claim {
        void check(List<Rule> rules, Question question, Random random);
    }

    private static void always(Claim claim) {
        Seeds.run(
                SEEDS,
                random -> {
                    var world = new RandomPolicies(random);
                    var rules = world.policy("p", 14).rules();
                    for (int i = 0; i < QUESTIONS; i++)
                        claim.check(rules, world.question(), random);
                });
    }

    @Test
    void decidesAsAScanOfAllRulesDoes() {
        always((rules, question, _) -> {
            var matching = rules.stream().filter(rule -> matches(rule, question)).toList();
            boolean isAllowed =
                    matching.stream().noneMatch(rule -> rule.effect() == Effect.DENY)
                            && !matching.isEmpty();

            assertThat(allows(rules, question))
                    .as("%s of %s", question, rules)
                    .isEqualTo(isAllowed);
        });
    }

    /// The rule's meaning in the plainest words, without an index.
    private static boolean matches(Rule rule, Question question) {
        var call = question.call();
        boolean fitsCall =
                rule.call().isAny()
                        || (call.isPresent()
                                && rule.call().hasMethod(call.get())
                                && call.get().path() instanceof CallPath.Clear(var path, _)
                                && (rule.call().paths().isEmpty()
                                        || rule.call().paths().stream()
                                                .anyMatch(each -> each.matches(path)))
                                && rule.call().hasHeaders(call.get(), rule.effect()));
        if (!rule.actions().contains(question.action())
                || (question.action() == Action.CALL_SERVICE && call.isEmpty())
                || !rule.who().includes(question.subject())
                || !rule.what().includes(question.target())
                || !fitsCall
                || rule.unless().stream()
                        .anyMatch(each -> each.covers(question.subject(), question.target()))) {
            return false;
        }
        return switch (rule.condition().evaluate(question, Map.of(), NOW)) {
            case Condition.Answer.Holds _ -> true;
            case Condition.Answer.HoldsNot _ -> false;
            case Condition.Answer.Unknown _ -> rule.effect() == Effect.DENY;
        };
    }

    @Test
    void neverAllowsBecauseOfOneMoreDenial() {
        always((rules, question, random) -> {
            var more = new ArrayList<>(rules);
            var rule = new RandomPolicies(random).rule("extra");
            more.add(
                    new Rule(
                            rule.id(),
                            "",
                            Effect.DENY,
                            rule.actions(),
                            rule.who(),
                            rule.what(),
                            rule.call(),
                            rule.unless(),
                            rule.condition()));

            if (!allows(rules, question)) assertThat(allows(more, question)).isFalse();
        });
    }

    @Test
    void neverDeniesBecauseOfOneMoreAllowance() {
        always((rules, question, random) -> {
            var more = new ArrayList<>(rules);
            var rule = new RandomPolicies(random).rule("extra");
            if (rule.effect() == Effect.DENY) return;
            more.add(rule);

            if (allows(rules, question)) assertThat(allows(more, question)).isTrue();
        });
    }

    @Test
    void givesTheSameVerdictInAnyOrder() {
        always((rules, question, random) -> {
            var shuffled = new ArrayList<>(rules);
            Collections.shuffle(shuffled, random);

            assertThat(decide(shuffled, question)).isEqualTo(decide(rules, question));
        });
    }

    @Test
    void allowsNoLessWithoutADenialAndNoMoreWithoutAnAllowance() {
        always((rules, question, random) -> {
            var fewer = new ArrayList<>(rules);
            var removed = fewer.remove(random.nextInt(fewer.size()));

            boolean before = allows(rules, question);
            boolean after = allows(fewer, question);

            if (removed.effect() == Effect.DENY && before) assertThat(after).isTrue();
            if (removed.effect() == Effect.ALLOW && !before) assertThat(after).isFalse();
        });
    }

    @Test
    void namesARuleThatMatches() {
        always((rules, question, _) -> {
            var verdict = authorizer(rules).decide(question, NOW);
            rules.stream()
                    .filter(rule -> rule.id().equals(verdict.rule().rule()))
                    .forEach(rule -> {
                        assertThat(matches(rule, question)).isTrue();
                        assertThat(rule.effect() == Effect.ALLOW).isEqualTo(verdict.isAllowed());
                    });
        });
    }

    @Test
    void filtersAsItDecides() {
        Seeds.run(
                SEEDS,
                random -> {
                    var world = new RandomPolicies(random);
                    var authorizer = authorizer(world.policy("p", 10).rules());
                    var subject = world.subject();
                    var decider = authorizer.decider(subject, Action.VIEW_TASK, NOW);
                    for (int i = 0; i < QUESTIONS; i++) {
                        var target = world.target();
                        var question = Question.of(subject, Action.VIEW_TASK, target);

                        assertThat(decider.test(target))
                                .isEqualTo(authorizer.decide(question, NOW).isAllowed());
                    }
                });
    }

    @Test
    void explainsWhatItDecides() {
        always((rules, question, _) -> {
            var explanation = authorizer(rules).explain(question, NOW);

            assertThat(explanation.verdict()).isEqualTo(authorizer(rules).decide(question, NOW));
            if (question.action() == Action.CALL_SERVICE) return;
            boolean isDenied =
                    explanation.lines().stream()
                            .anyMatch(line -> line.isMatch() && line.effect() == Effect.DENY);
            boolean isAllowed =
                    explanation.lines().stream()
                            .anyMatch(line -> line.isMatch() && line.effect() == Effect.ALLOW);
            assertThat(explanation.verdict().isAllowed()).isEqualTo(isAllowed && !isDenied);
        });
    }

    private static boolean allows(List<Rule> rules, Question question) {
        return authorizer(rules).decide(question, NOW).isAllowed();
    }

    private static String decide(List<Rule> rules, Question question) {
        return authorizer(rules).decide(question, NOW).toString();
    }

    private static Authorizer authorizer(List<Rule> rules) {
        return Authorizer.of(
                List.of(new Policy("p", "", rules)), Groups.NONE, 1, NOW.plusSeconds(60));
    }
}
