package io.meseta.authorization.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.Action;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.Call;
import io.meseta.authorization.Groups;
import io.meseta.authorization.Question;
import io.meseta.authorization.RuleId;
import io.meseta.authorization.Subject;
import io.meseta.authorization.Target;
import io.meseta.authorization.Verdict;
import io.meseta.authorization.bundle.Bundle;
import io.meseta.authorization.policy.PolicyReader;
import io.meseta.authorization.text.Document;
import io.meseta.authorization.text.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Questions and their verdicts.
final class AuthorizerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant EXPIRES = NOW.plusSeconds(3600);

    private static final String SHOP =
            """
            policy: shop
            rules:
              - id: web-reads-orders
                effect: allow
                subjects: {principals: [web]}
                actions: CALL_SERVICE
                targets: {service: orders}
                methods: [GET, HEAD]
                paths: ["/orders/**"]
              - id: own-account
                effect: allow
                subjects: authenticated
                actions: CALL_SERVICE
                targets: {service: accounts}
                paths: ["/accounts/{owner}/**"]
                when: call.variables.owner == subject.principal
              - id: internals-are-internal
                effect: deny
                subjects: everyone
                actions: CALL_SERVICE
                paths: ["/orders/internal/**", "/*/internal/**"]
                unless:
                  - subjects: {groups: [ops]}
              - id: ops-call-all
                effect: allow
                subjects: {groups: [ops]}
                actions: CALL_SERVICE
              - id: team-header
                effect: allow
                subjects: {principals: [batch]}
                actions: CALL_SERVICE
                targets: {service: orders}
                headers: {x-team: [shop, web]}
              - id: no-debug
                effect: deny
                subjects: {principals: [batch]}
                actions: CALL_SERVICE
                headers: {x-debug: ["*"]}
            """;

    private final Authorizer shop = of(SHOP);

    @ParameterizedTest
    @CsvSource({
        "web, GET, /orders/1, web-reads-orders",
        "web, get, /orders/1/, web-reads-orders",
        "web, GET, /%6frders/1, web-reads-orders",
        "web, POST, /orders/1, default-deny",
        "web, GET, /ordersx, default-deny",
        "web, GET, /orders/internal, internals-are-internal",
        "web, GET, /orders/internal/, internals-are-internal",
        "web, GET, /orders/intern%61l/x, internals-are-internal",
        "web, GET, /orders/1/../internal, unclear-call",
        "web, GET, //orders/internal, unclear-call",
        "web, GET, /orders/%2e/internal, unclear-call",
        "web, GET, /orders/internal;x, unclear-call",
        "web, GET, /orders%2finternal, unclear-call",
        "eve, GET, /orders/1, default-deny",
        "olga, GET, /orders/internal, ops-call-all"
    })
    void decidesCalls(String who, String method, String path, String rule) {
        var groups = Groups.of(Map.of("ops", List.of("olga")));
        var authorizer =
                Authorizer.of(
                        List.of(PolicyReader.read(new Document("shop", SHOP)).orThrow()),
                        groups,
                        7,
                        EXPIRES);

        var verdict =
                authorizer.decide(
                        Question.ofCall(
                                Subject.user(who), Target.service("orders"), Call.of(method, path)),
                        NOW);

        assertThat(verdict.rule().rule()).as(verdict.reason()).isEqualTo(rule);
        assertThat(verdict.bundleVersion()).isEqualTo(7);
    }

    @Test
    void bindsAPathsVariables() {
        assertThat(account("ann", "/accounts/ann/cards").isAllowed()).isTrue();
        assertThat(account("ann", "/accounts/bob/cards").isAllowed()).isFalse();
        assertThat(account("ann", "/accounts/%61nn/cards").isAllowed()).isTrue();
    }

    private Verdict account(String who, String path) {
        return shop.decide(
                Question.ofCall(
                        Subject.user(who), Target.service("accounts"), Call.of("GET", path)),
                NOW);
    }

    @Test
    void allowsByHeadersOnlyIfAllValuesFitAndDeniesIfOneDoes() {
        assertThat(batch(Map.of("X-Team", List.of("shop"))).isAllowed()).isTrue();
        assertThat(batch(Map.of("X-Team", List.of("shop", "web"))).isAllowed()).isTrue();
        assertThat(batch(Map.of("X-Team", List.of("shop", "evil"))).isAllowed()).isFalse();
        assertThat(batch(Map.of()).isAllowed()).isFalse();
        assertThat(
                        batch(Map.of("X-Team", List.of("shop"), "x-DEBUG", List.of("", "1")))
                                .rule()
                                .rule())
                .isEqualTo("no-debug");
    }

    private Verdict batch(Map<String, List<String>> headers) {
        return shop.decide(
                Question.ofCall(
                        Subject.user("batch"),
                        Target.service("orders"),
                        Call.of("GET", "/x", headers)),
                NOW);
    }

    @Test
    void refusesACallThatSaysNothing() {
        var question =
                Question.of(
                        Subject.user("web").inGroups("ops"),
                        Action.CALL_SERVICE,
                        Target.service("orders"));

        assertThat(shop.decide(question, NOW).rule()).isEqualTo(RuleId.UNCLEAR_CALL);
    }

    @Test
    void deniesWhatCannotBeEvaluatedAndSaysWhy() {
        var authorizer =
                of(
                        """
                        policy: p
                        rules:
                          - id: all
                            effect: allow
                            subjects: everyone
                            actions: RUN_TASK
                          - id: night
                            effect: deny
                            subjects: everyone
                            actions: RUN_TASK
                            when: subject.claims.shift == 'night'
                          - id: extra
                            effect: allow
                            subjects: everyone
                            actions: VIEW_TASK
                            when: subject.claims.shift == 'night'
                        """);
        var run = Question.of(Subject.user("ann"), Action.RUN_TASK, Target.role("eng"));
        var view = Question.of(Subject.user("ann"), Action.VIEW_TASK, Target.role("eng"));

        assertThat(authorizer.decide(run, NOW).rule()).isEqualTo(new RuleId("p", "night"));
        assertThat(authorizer.decide(run, NOW).reason()).contains("could not be evaluated");
        assertThat(authorizer.decide(view, NOW).rule()).isEqualTo(RuleId.DEFAULT);
        assertThat(authorizer.explain(view, NOW).lines().getFirst().why())
                .contains("could not be evaluated", "shift");
        var day = Subject.user("ann").claiming(Map.of("shift", "day"));
        assertThat(authorizer.decide(run.askedBy(day), NOW).isAllowed()).isTrue();
    }

    @Test
    void changesNothingOnceTheBundleHasExpired() {
        var authorizer =
                of(
                        """
                        policy: p
                        rules: [{id: all, effect: allow, subjects: everyone, actions: any}]
                        """);
        var ann = Subject.user("ann");
        var change = Question.of(ann, Action.RUN_TASK, Target.role("eng"));
        var read = Question.of(ann, Action.VIEW_TASK, Target.role("eng"));
        var post = Question.ofCall(ann, Target.service("s"), Call.of("POST", "/"));
        var fetch = Question.ofCall(ann, Target.service("s"), Call.of("GET", "/"));

        assertThat(authorizer.decide(change, EXPIRES.minusNanos(1)).isAllowed()).isTrue();
        assertThat(authorizer.decide(change, EXPIRES).rule()).isEqualTo(RuleId.EXPIRED);
        assertThat(authorizer.decide(post, EXPIRES).rule()).isEqualTo(RuleId.EXPIRED);
        assertThat(authorizer.decide(read, EXPIRES).isAllowed()).isTrue();
        assertThat(authorizer.decide(fetch, EXPIRES).isAllowed()).isTrue();
        assertThat(authorizer.decider(ann, Action.RUN_TASK, EXPIRES).isNever()).isTrue();
    }

    @Test
    void deniesEverythingBeforeTheFirstBundle() {
        var read = Question.of(Subject.user("ann"), Action.VIEW_TASK, Target.role("eng"));

        assertThat(Authorizer.denyingAll().decide(read, NOW).isAllowed()).isFalse();
    }

    @Test
    void refusesToCheckTooManyConditions() {
        var text = new StringBuilder("policy: p\nrules:\n");
        for (int i = 0; i < 100; i++) {
            text.append(
                    """
                      - id: r%d
                        effect: allow
                        subjects: everyone
                        actions: VIEW_TASK
                        when: subject.principal == 'p%d'
                    """
                            .formatted(i, i));
        }
        var question = Question.of(Subject.user("ann"), Action.VIEW_TASK, Target.role("eng"));

        assertThat(of(text.toString()).decide(question, NOW).rule()).isEqualTo(RuleId.TOO_COSTLY);
    }

    @Test
    void explainsEveryRuleAboutTheAction() {
        var question =
                Question.ofCall(
                        Subject.user("web"),
                        Target.service("orders"),
                        Call.of("GET", "/orders/internal"));

        var explanation = shop.explain(question, NOW);

        assertThat(explanation.verdict().rule())
                .isEqualTo(new RuleId("shop", "internals-are-internal"));
        assertThat(explanation.lines())
                .extracting(line -> line.rule().rule() + ": " + line.why())
                .containsExactly(
                        "internals-are-internal: it matches",
                        "web-reads-orders: it matches",
                        "no-debug: it is about other callers",
                        "ops-call-all: it is about other callers",
                        "own-account: it is about other targets",
                        "team-header: it is about other callers");
    }

    @Test
    void makesAnEngineFromABundleOrSaysWhatIsWrong() {
        var good = Bundle.of(3, NOW, Map.of("shop", SHOP), Groups.NONE);
        var misnamed = Bundle.of(3, NOW, Map.of("market", SHOP), Groups.NONE);
        var broken = Bundle.of(3, NOW, Map.of("shop", SHOP, "x", "rules: 1"), Groups.NONE);

        assertThat(Authorizer.of(good).orThrow().bundleVersion()).isEqualTo(3);
        assertThat(Authorizer.of(misnamed).toString()).contains("is called 'shop'");
        assertThat(Authorizer.of(broken)).isInstanceOf(Outcome.Bad.class);
    }

    @Test
    void filtersListsAsItDecides() {
        var authorizer =
                of(
                        """
                        policy: p
                        rules:
                          - id: eng
                            effect: allow
                            subjects: {groups: [eng]}
                            actions: VIEW_ROLE
                            targets: {role: ["eng/**"]}
                          - id: not-secret
                            effect: deny
                            subjects: everyone
                            actions: VIEW_ROLE
                            targets: {role: ["eng/secret/**"]}
                          - id: boss
                            effect: allow
                            subjects: {principals: [boss]}
                            actions: VIEW_TASK
                        """);
        var ann = Subject.user("ann").inGroups("eng");
        var decider = authorizer.decider(ann, Action.VIEW_ROLE, NOW);

        assertThat(List.of("eng", "eng/web", "eng/secret", "eng/secret/x", "ops"))
                .filteredOn(role -> decider.test(Target.role(role)))
                .containsExactly("eng", "eng/web");
        assertThat(decider.isAlways()).isFalse();
        assertThat(decider.isNever()).isFalse();
        assertThat(authorizer.decider(Subject.user("boss"), Action.VIEW_TASK, NOW).isAlways())
                .isTrue();
        assertThat(authorizer.decider(ann, Action.VIEW_TASK, NOW).isNever()).isTrue();
    }

    @Test
    void speaksOfWhatItWasAsked() {
        var question =
                Question.of(
                        Subject.user("ann"),
                        Action.RUN_TASK,
                        Target.role("eng").and(Attribute.USER, "root"));

        assertThat(shop.decide(question, NOW).reason())
                .isEqualTo("No rule allows RUN_TASK on role 'eng', user 'root' for 'ann'");
    }

    private static Authorizer of(String text) {
        var policy = PolicyReader.read(new Document("p", text)).orThrow();
        return Authorizer.of(List.of(policy), Groups.NONE, 1, EXPIRES);
    }
}
