package io.meseta.authorization.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.Call;
import io.meseta.authorization.Question;
import io.meseta.authorization.Subject;
import io.meseta.authorization.Target;
import io.meseta.testkit.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Sentences in CEL: refused with a reason, or evaluated to an answer, in time that stays small.
public final class ConditionsFuzz {

    private static final Question QUESTION =
            Question.ofCall(
                    Subject.user("ann"),
                    Target.service("orders"),
                    Call.of("GET", "/a/b", Map.of("x", List.of("1", "2"))));

    private static final Fuzz FUZZ =
            Fuzz.of(
                    ConditionsFuzz.class,
                    ConditionsFuzz::fuzzerTestOneInput,
                    ConditionsFuzz::seeds);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(1_500);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        switch (Condition.compile(new String(input, StandardCharsets.UTF_8))) {
            case Condition.Compiled.Bad(var problem) -> assertThat(problem).isNotEmpty();
            case Condition.Compiled.Good(var condition) ->
                    assertThat(condition.evaluate(QUESTION, Map.of("id", "7"), Instant.EPOCH))
                            .isNotNull();
        }
    }

    private static List<byte[]> seeds() {
        return Stream.of(
                        "call.variables.id != \"0\" && size(subject.groups) < 3",
                        "call.headers['x'].exists(v, v == '1') || call.method in ['GET', 'HEAD']",
                        "call.segments.all(s, s.startsWith('a') && !s.endsWith(\"b\"))",
                        "now > timestamp('2026-01-01T00:00:00Z') + duration('3600s')",
                        "subject.claims.map(k, k + k).filter(x, x.contains('a')).size() > 1u",
                        "has(target.attributes.role) ? target.role == 'eng' : action == 'RUN_TASK'",
                        "int('9223372036854775807') + 1 > 0 && 1.0 / 0.0 > 5.0 && 1 / 0 == 1",
                        "[1, 2, [3, {'a': b'x'}]].size() % 2 == 0 && -5 < 3 && !(true)",
                        "string(now).size() == 20 && double(1) == 1.0 && type(1) == int",
                        "[1,2,3].map(a,[1,2,3].map(b,[1,2,3].map(c,a*b*c))).size()==3")
                .map(each -> each.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
