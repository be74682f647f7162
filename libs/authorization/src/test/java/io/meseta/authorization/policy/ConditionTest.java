package io.meseta.authorization.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.Action;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.Call;
import io.meseta.authorization.Question;
import io.meseta.authorization.Subject;
import io.meseta.authorization.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Conditions see what they are told, and cost little.
final class ConditionTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");

    private static final Subject ANN =
            Subject.user("ann").inGroups("dev", "ops").claiming(Map.of("team", "shop"));

    private static final Question CALL =
            Question.ofCall(
                    ANN,
                    Target.service("orders").and(Attribute.ROLE, "eng/shop"),
                    Call.of("GET", "/users/ann/x", Map.of("X-Team", List.of("shop", "web"))));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject.principal == 'ann'",
                "subject.kind == 'user'",
                "'ops' in subject.groups",
                "subject.groups.exists(g, g.startsWith('de'))",
                "subject.claims.team == 'shop'",
                "has(subject.claims.team) && !has(subject.claims.floor)",
                "action == 'CALL_SERVICE'",
                "target.service == 'orders'",
                "target.role.startsWith('eng/')",
                "target.kind == 'services'",
                "has(target.attributes.role) && !has(target.attributes.user)",
                "call.method == 'GET'",
                "call.path == '/users/ann/x'",
                "call.segments[1] == subject.principal",
                "call.variables.user == subject.principal",
                "'web' in call.headers['x-team']",
                "now < timestamp('2027-01-01T00:00:00Z')",
                "now.getHours() == 10",
                "now + duration('1h') > now",
                "size(subject.groups) == 2"
            })
    void holds(String text) {
        assertThat(evaluate(text)).isEqualTo(new Condition.Answer.Holds());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "target.user == 'root'",
                "subject.claims.floor == '3'",
                "call.segments[7] == 'x'",
                "1 / (size(subject.groups) - 2) == 1",
                "int(subject.principal) == 1"
            })
    void cannotSayWhatIsNotThere(String text) {
        assertThat(evaluate(text)).isInstanceOf(Condition.Answer.Unknown.class);
    }

    @Test
    void doesNotHoldWhereItIsFalse() {
        assertThat(evaluate("subject.principal == 'bob'"))
                .isEqualTo(new Condition.Answer.HoldsNot());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject.name == 'ann'",
                "subject.principal == 1",
                "subject.principal",
                "target.rolle == 'x'",
                "nobody",
                "subject.principal.matches('(a+)+b')",
                "'a' ==",
                "google.protobuf.Any{}",
                "1 + 1"
            })
    void refusesToCompile(String text) {
        assertThat(Condition.compile(text)).isInstanceOf(Condition.Compiled.Bad.class);
    }

    @Test
    void refusesLongAndDeepSentences() {
        var deep = "(".repeat(200) + "true" + ")".repeat(200);
        var not = "!".repeat(400) + "true";
        var wide = "1==1" + " && 1==1".repeat(100);

        assertThat(Condition.compile("x".repeat(2_000))).isInstanceOf(Condition.Compiled.Bad.class);
        assertThat(Condition.compile(deep)).isInstanceOf(Condition.Compiled.Bad.class);
        assertThat(Condition.compile(wide)).isInstanceOf(Condition.Compiled.Bad.class);
        assertThat(Condition.compile(not)).isNotNull();
    }

    @Test
    void endsLoopsThatRunOn() {
        var ten = "[1,2,3,4,5,6,7,8,9,10]";
        var text =
                "%s.all(a, %s.all(b, %s.all(c, %s.all(d, a+b+c+d > 0))))"
                        .formatted(ten, ten, ten, ten);

        assertThat(evaluate(text)).isInstanceOf(Condition.Answer.Unknown.class);
    }

    private static Condition.Answer evaluate(String text) {
        return Condition.of(text).evaluate(CALL, Map.of("user", "ann"), NOW);
    }

    @Test
    void knowsNoCallWhereThereIsNone() {
        var question = Question.of(ANN, Action.VIEW_ROLE, Target.role("eng"));

        assertThat(Condition.of("call.method == 'GET'").evaluate(question, Map.of(), NOW))
                .isInstanceOf(Condition.Answer.Unknown.class);
    }
}
