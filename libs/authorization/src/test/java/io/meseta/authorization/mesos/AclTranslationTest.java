package io.meseta.authorization.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.Action;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.Groups;
import io.meseta.authorization.Question;
import io.meseta.authorization.Subject;
import io.meseta.authorization.Target;
import io.meseta.authorization.engine.Authorizer;
import io.meseta.authorization.mesos.Acl.Side;
import io.meseta.authorization.policy.Policy;
import io.meseta.authorization.policy.PolicyReader;
import io.meseta.authorization.policy.PolicyWriter;
import io.meseta.authorization.text.Document;
import io.meseta.authorization.text.Outcome;
import io.meseta.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A translated ACL file decides what the file decides.
final class AclTranslationTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static final List<String> PRINCIPALS = List.of("ann", "bob", "a*", "\\");
    private static final List<String> VALUES =
            List.of("root", "eng", "eng/web", "eng/web/a", "eng/%", "eng/web/%", "*", "a*b");

    @Test
    void knowsAllActionsAndListsOfMesos() {
        assertThat(AclList.values()).hasSize(54);
        assertThat(AclList.allActions())
                .hasSize(53)
                .containsExactlyElementsOf(
                        Arrays.stream(Action.values()).filter(Action::isOfMesos).toList());
        assertThat(AclList.allActions())
                .extracting(Action::mesosNumber)
                .doesNotHaveDuplicates()
                .allMatch(number -> number >= 1 && number <= 53);
    }

    @ParameterizedTest
    @EnumSource(AclList.class)
    void asksForAttributesThatTargetsHave(AclList list) {
        list.attribute()
                .ifPresent(attribute ->
                        assertThat(list.actions())
                                .allMatch(action -> action.target().has(attribute)));
    }

    @Test
    void decidesWhatTheFileDecides() {
        Seeds.run(
                400,
                random -> {
                    var file = file(random);
                    var authorizer = authorizer(policy(file));
                    for (int i = 0; i < 60; i++) {
                        var question = question(random);

                        assertThat(authorizer.decide(question, NOW).isAllowed())
                                .as("%s of %s", question, file)
                                .isEqualTo(Straight.allows(file, question));
                    }
                });
    }

    @Test
    void staysTrueWhenWrittenAndRead() {
        Seeds.run(
                60,
                random -> {
                    var policy = policy(file(random));

                    var text = PolicyWriter.write(policy);

                    assertThat(PolicyReader.read(new Document("p", text)).orThrow())
                            .isEqualTo(policy);
                });
    }

    @Test
    void readsAFileOfMesos() {
        var file =
                read("""
                {
                  "permissive": false,
                  "run_tasks": [
                    {"principals": {"values": ["ann"]},
                     "users": {"values": ["www"]}},
                    {"principals": {"values": ["ann"]},
                     "users": {"type": "NONE"}},
                    {"principals": {"type": "ANY"}, "users": {"type": "ANY"}}
                  ]
                }
                """)
                        .orThrow();
        var authorizer = authorizer(policy(file));

        assertThat(allows(authorizer, "ann", "www")).isTrue();
        assertThat(allows(authorizer, "ann", "root")).isFalse();
        assertThat(allows(authorizer, "bob", "root")).isTrue();
        assertThat(authorizer.decide(run("ann", "root"), NOW).reason()).contains("run_tasks.2");
    }

    private static boolean allows(Authorizer authorizer, String principal, String user) {
        return authorizer.decide(run(principal, user), NOW).isAllowed();
    }

    private static Question run(String principal, String user) {
        return Question.of(
                Subject.user(principal),
                Action.RUN_TASK,
                Target.of(Action.RUN_TASK.target(), Attribute.USER, user));
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertThat(read("{\"run_task\": []}").toString()).contains("did you mean 'run_tasks'?");
        assertThat(read("{\"permissive\": \"maybe\"}")).isInstanceOf(Outcome.Bad.class);
        assertThat(read("{\"run_tasks\": [{\"principals\": {\"type\": \"ANY\"}}]}").toString())
                .contains("the key 'users' is missing");
        assertThat(
                        read("{\"run_tasks\": [{\"principals\": {\"type\": \"ALL\"},"
                                        + " \"users\": {\"type\": \"ANY\"}}]}")
                                .toString())
                .contains("must be SOME, ANY or NONE");
        assertThat(
                        read("{\"register_frameworks\": [{\"principals\": {}, \"users\": {}}]}")
                                .toString())
                .contains("unknown key", "the key 'roles' is missing");
        assertThat(read("[]")).isInstanceOf(Outcome.Bad.class);
    }

    @Test
    void survivesDamagedFiles() {
        var whole =
                "{\"permissive\": false, \"run_tasks\": [{\"principals\": {\"values\": [\"a\"]},"
                        + " \"users\": {\"type\": \"NONE\"}}]}";
        Seeds.run(
                1_000,
                random -> {
                    var text = new StringBuilder(whole);
                    for (int cuts = random.nextInt(4); cuts >= 0; cuts--) {
                        int at = random.nextInt(text.length());
                        if (random.nextBoolean()) text.deleteCharAt(at);
                        else text.insert(at, "[]{}:,\"0n".charAt(random.nextInt(9)));
                    }

                    assertThat(read(text.toString())).isNotNull();
                    assertThat(Credentials.read(new Document("x", text.toString()))).isNotNull();
                });
    }

    @Test
    void saysWhatCanNeverMatch() {
        var file =
                read("{\"view_flags\": [{\"principals\": {\"type\": \"ANY\"},"
                                + " \"flags\": {\"values\": [\"x\"]}}]}")
                        .orThrow();

        assertThat(AclTranslation.translate(file, "p"))
                .isInstanceOfSatisfying(
                        AclTranslation.Result.Done.class,
                        done -> assertThat(done.notes()).hasSize(1));
    }

    @Test
    void refusesWhatWouldGrowTooLarge() {
        var acls = new ArrayList<Acl>();
        for (int i = 0; i < 1_000; i++) {
            acls.add(new Acl(new Side.Any(), new Side.Values(List.of("u" + i))));
            acls.add(new Acl(new Side.Any(), new Side.None()));
        }
        var lists = new EnumMap<AclList, List<Acl>>(AclList.class);
        lists.put(AclList.RUN_TASKS, acls);

        assertThat(AclTranslation.translate(new AclFile(true, lists), "p"))
                .isInstanceOf(AclTranslation.Result.Refused.class);
    }

    private static Outcome<AclFile> read(String text) {
        return AclFile.read(new Document("acls.json", text));
    }

    private static Policy policy(AclFile file) {
        return switch (AclTranslation.translate(file, "mesos")) {
            case AclTranslation.Result.Done(var policy, _) -> policy;
            case AclTranslation.Result.Refused(var reason) -> throw new AssertionError(reason);
        };
    }

    private static Authorizer authorizer(Policy policy) {
        return Authorizer.of(List.of(policy), Groups.NONE, 1, NOW.plusSeconds(60));
    }

    private static AclFile file(Random random) {
        var lists = new EnumMap<AclList, List<Acl>>(AclList.class);
        for (var list : AclList.values()) {
            var acls = new ArrayList<Acl>();
            int size = random.nextInt(5);
            for (int i = 0; i < size; i++) {
                acls.add(new Acl(side(random, PRINCIPALS), side(random, VALUES)));
            }
            lists.put(list, acls);
        }
        return new AclFile(random.nextBoolean(), lists);
    }

    private static Side side(Random random, List<String> values) {
        return switch (random.nextInt(6)) {
            case 0 -> new Side.Any();
            case 1 -> new Side.None();
            default ->
                    new Side.Values(values.stream().filter(_ -> random.nextInt(3) == 0).toList());
        };
    }

    private static Question question(Random random) {
        var actions = Arrays.stream(Action.values()).filter(Action::isOfMesos).toList();
        var action = actions.get(random.nextInt(actions.size()));
        var subject =
                random.nextInt(6) == 0
                        ? Subject.ANONYMOUS
                        : Subject.user(PRINCIPALS.get(random.nextInt(PRINCIPALS.size())));
        var target = Target.of(action.target());
        for (var list : AclList.deciding(action)) {
            if (list.attribute().isEmpty() || random.nextInt(6) == 0) continue;
            target = target.and(list.attribute().get(), VALUES.get(random.nextInt(VALUES.size())));
        }
        return Question.of(subject, action, target);
    }

    /// What the inventory says of ACLs, word by word.
    private static final class Straight {

        static boolean allows(AclFile file, Question question) {
            return AclList.deciding(question.action()).stream()
                    .allMatch(list -> allows(file, list, question));
        }

        private static boolean allows(AclFile file, AclList list, Question question) {
            var principal =
                    question.subject().isAuthenticated()
                            ? Optional.of(question.subject().principal())
                            : Optional.<String>empty();
            var object = list.attribute().flatMap(question.target()::value);
            boolean isOfRoles = list.attribute().equals(Optional.of(Attribute.ROLE));
            for (var acl : file.acls(list)) {
                if (matches(acl.principals(), principal, false)
                        && matches(acl.objects(), object, isOfRoles)) {
                    return !(acl.principals() instanceof Side.None)
                            && !(acl.objects() instanceof Side.None);
                }
            }
            return file.isPermissive();
        }

        private static boolean matches(Side side, Optional<String> value, boolean isRole) {
            return switch (side) {
                case Side.Any _, Side.None _ -> true;
                case Side.Values(var values) ->
                        value.isPresent()
                                && values.stream().anyMatch(each -> is(each, value.get(), isRole));
            };
        }

        private static boolean is(String written, String value, boolean isRole) {
            if (isRole && written.endsWith("/%")) {
                return value.startsWith(written.substring(0, written.length() - 1));
            }
            return written.equals(value);
        }
    }
}
