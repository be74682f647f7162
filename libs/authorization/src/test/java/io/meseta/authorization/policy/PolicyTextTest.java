package io.meseta.authorization.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.text.Document;
import io.meseta.authorization.text.Outcome;
import io.meseta.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Policies are read as they are written, and what is wrong with a text is said with its place.
final class PolicyTextTest {

    private static final String RULE =
            """
            policy: shop
            rules:
              - id: one
                effect: allow
                subjects: {groups: [cashiers]}
                actions: CALL_SERVICE
                targets: {service: orders}
                methods: GET
                paths: ["/orders/{id}"]
                headers: {X-Team: [shop]}
                unless:
                  - subjects: {principals: [eve]}
                when: call.variables.id != "0"
            """;

    @Test
    void readsEveryPartOfARule() {
        var policy = read(RULE).orThrow();

        var rule = policy.rules().getFirst();
        assertThat(policy.name()).isEqualTo("shop");
        assertThat(rule.effect()).isEqualTo(Effect.ALLOW);
        assertThat(rule.call().methods()).containsExactly("GET");
        assertThat(rule.call().headers()).containsKey("x-team");
        assertThat(rule.unless()).hasSize(1);
        assertThat(rule.condition().isNone()).isFalse();
    }

    @Test
    void writesWhatItReads() {
        var policy = read(RULE).orThrow();

        assertThat(read(PolicyWriter.write(policy)).orThrow()).isEqualTo(policy);
    }

    @Test
    void writesWhatChanceMakes() {
        Seeds.run(
                300,
                random -> {
                    var policy = new RandomPolicies(random).policy("p", 12);

                    assertThat(read(PolicyWriter.write(policy)).orThrow()).isEqualTo(policy);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "effect: allow | efect: allow | rules[0].efect: unknown key; did you mean"
                        + " 'effect'?",
                "effect: allow | effect: permit | rules[0].effect: must be 'allow' or 'deny'",
                "CALL_SERVICE | CALL_SERVIC | unknown action 'CALL_SERVIC'; did you mean"
                        + " 'CALL_SERVICE'?",
                "service: orders | servise: orders | rules[0].targets.servise: unknown attribute;"
                        + " did you mean 'service'?",
                "service: orders | machine: a | no target of these actions has this attribute",
                "CALL_SERVICE | VIEW_SERVICE | belong to rules about CALL_SERVICE alone",
                "methods: GET | methods: get | written in capitals",
                "[cashiers] | [] | must not be empty",
                "groups: [cashiers] | everybody: true | must name principals, groups or kinds",
                "subjects: {groups: [cashiers]} | subjects: all | must be 'everyone'",
                "/orders/{id} | /orders/../x | '..'",
                "/orders/{id} | /orders/x | no path of this rule has variables",
                "!= \"0\" | != 0 | no matching overload",
                "id: one | id: 'a b' | a name has",
                "policy: shop | policy: built-in | taken",
                "policy: shop | polcy: shop | the key 'policy' is missing",
                "X-Team | 'X Team' | is no header's name",
                "principals: [eve] | principals: ['**eve'] | '**' may stand only",
            })
    void saysWhatIsWrong(String right, String wrong, String message) {
        assertThat(RULE).contains(right);

        var outcome = read(RULE.replace(right, wrong));

        assertThat(outcome).isInstanceOf(Outcome.Bad.class);
        assertThat(outcome.toString()).contains(message);
    }

    @Test
    void namesLineAndColumn() {
        var outcome = read(RULE.replace("effect: allow", "effect: maybe"));

        assertThat(((Outcome.Bad<Policy>) outcome).problems().getFirst().toString())
                .startsWith("shop.yaml:4:13: rules[0].effect:");
    }

    @Test
    void refusesMoreConditionsThanItCouldCompileInTime() {
        var text = new StringBuilder("policy: p\nrules:\n");
        for (int i = 0; i <= PolicyReader.CONDITIONS_MAX; i++) {
            text.append(
                    "- {id: r%d, effect: allow, subjects: everyone, actions: any, when: 'true'}%n"
                            .formatted(i));
        }

        assertThat(read(text.toString()).toString()).contains("conditions");
    }

    @Test
    void refusesTwoRulesOfOneName() {
        var twice = RULE + RULE.substring(RULE.indexOf("  - id"));

        assertThat(read(twice).toString()).contains("another rule has this id");
    }

    @Test
    void survivesDamagedTexts() {
        Seeds.run(
                2_000,
                random -> {
                    var text = new StringBuilder(RULE);
                    int cuts = 1 + random.nextInt(4);
                    for (int i = 0; i < cuts; i++) {
                        int at = random.nextInt(text.length());
                        switch (random.nextInt(3)) {
                            case 0 -> text.deleteCharAt(at);
                            case 1 ->
                                    text.insert(at, "[]{}:,-'\"*&!\n x".charAt(random.nextInt(15)));
                            default -> text.setLength(Math.max(10, at));
                        }
                    }

                    assertThat(read(text.toString())).isNotNull();
                });
    }

    private static Outcome<Policy> read(String text) {
        return PolicyReader.read(new Document("shop.yaml", text));
    }
}
