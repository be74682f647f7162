package io.meseta.authorization.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.Call;
import io.meseta.authorization.Question;
import io.meseta.authorization.Subject;
import io.meseta.authorization.Target;
import io.meseta.authorization.mesos.AclFile;
import io.meseta.authorization.mesos.AclTranslation;
import io.meseta.authorization.mesos.Credentials;
import io.meseta.authorization.starter.StarterPolicies;
import io.meseta.authorization.text.Document;
import io.meseta.authorization.text.Outcome;
import io.meseta.model.Role;
import io.meseta.testkit.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Texts that are meant to be policies, ACL files or credentials: all that is wrong is said as
/// problems, and a policy that was read is the same when it is written and read again.
public final class PolicyTextsFuzz {

    private static final Fuzz FUZZ =
            Fuzz.of(
                    PolicyTextsFuzz.class,
                    PolicyTextsFuzz::fuzzerTestOneInput,
                    PolicyTextsFuzz::seeds);

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
        var document = new Document("x", new String(input, StandardCharsets.UTF_8));
        if (PolicyReader.read(document) instanceof Outcome.Good(var policy)) checkWritten(policy);
        if (AclFile.read(document) instanceof Outcome.Good(var file))
            assertThat(AclTranslation.translate(file, "acls")).isNotNull();
        assertThat(Credentials.read(document)).isNotNull();
    }

    private static void checkWritten(Policy policy) {
        var text = PolicyWriter.write(policy);
        assertThat(PolicyReader.read(new Document("again", text)).orThrow())
                .as(text)
                .isEqualTo(policy);
        var question =
                Question.ofCall(
                        Subject.user("ann"),
                        Target.service("orders"),
                        Call.of("GET", "/a/b", Map.of("x", List.of("1", "2"))));
        for (var rule : policy.rules())
            assertThat(rule.condition().evaluate(question, Map.of("id", "7"), Instant.EPOCH))
                    .isNotNull();
    }

    private static List<byte[]> seeds() {
        var texts = new ArrayList<>(StarterPolicies.texts().values());
        texts.add(StarterPolicies.developer("developers", new Role("eng/web")));
        texts.add(
                """
                policy: shop
                rules:
                  - id: cashiers-read-orders
                    description: "a \\u00e9 \\"b\\" \\\\"
                    effect: allow
                    subjects: {groups: [cashiers], kinds: [user], principals: ["a*"]}
                    actions: CALL_SERVICE
                    targets: {service: orders}
                    methods: [GET, HEAD]
                    paths: ["/orders/{id}", "/x/**", "/a*b"]
                    headers: {x-team: [web, "\\\\*"]}
                    unless:
                      - subjects: {principals: [otto]}
                        targets: {service: "o*"}
                    when: call.variables.id != "0" && size(subject.groups) < 3
                """);
        texts.add(
                """
                {"policy": "p", "rules": [{"id": "a", "effect": "deny", "actions": "any",
                 "subjects": "everyone", "when": "now > timestamp('2026-01-01T00:00:00Z')"}]}
                """);
        texts.add(
                """
                {"permissive": false, "run_tasks": [{"principals": {"values": ["a", "b/c"]},
                 "users": {"type": "ANY"}}], "register_frameworks": [{"principals":
                 {"type": "NONE"}, "roles": {"values": ["eng/%"]}}]}
                """);
        texts.add("{\"credentials\": [{\"principal\": \"ann\", \"secret\": \"s\"}]}");
        texts.add("ann secret\nbob other\n");
        return texts.stream().map(each -> each.getBytes(StandardCharsets.UTF_8)).toList();
    }
}
