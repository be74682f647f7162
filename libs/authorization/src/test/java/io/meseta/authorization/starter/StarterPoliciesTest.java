package io.meseta.authorization.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.authorization.Action;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.Call;
import io.meseta.authorization.Groups;
import io.meseta.authorization.Question;
import io.meseta.authorization.Subject;
import io.meseta.authorization.SubjectKind;
import io.meseta.authorization.Target;
import io.meseta.authorization.bundle.Bundle;
import io.meseta.authorization.engine.Authorizer;
import io.meseta.model.Role;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What the four kinds of people may and may not do in a new cluster.
final class StarterPoliciesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static final Authorizer AUTHORIZER = authorizer();

    private static Authorizer authorizer() {
        var texts = StarterPolicies.texts();
        texts.put("developer-eng", StarterPolicies.developer("developer-eng", new Role("eng")));
        return Authorizer.of(Bundle.of(1, NOW, texts, Groups.NONE)).orThrow();
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void letAdministratorsDoAnything(Action action) {
        // Nobody's hashes are for people, see the lines below.
        if (action == Action.FETCH_BUNDLE) return;
        assertThat(allows(StarterPolicies.ADMINISTRATORS, action, "eng")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void letStrangersDoNothing(Action action) {
        assertThat(allows("strangers", action, "eng")).isFalse();
        assertThat(decide(Subject.ANONYMOUS, action, Target.role("eng"))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void letViewersChangeNothing(Action action) {
        if (action.nature() == Action.Nature.READING) return;
        assertThat(allows(StarterPolicies.VIEWERS, action, "eng")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "operators, DRAIN_AGENT, true",
        "operators, UPDATE_QUOTA_WITH_CONFIG, true",
        "operators, VIEW_AUDIT, true",
        "operators, CHANGE_POLICY, false",
        "operators, FETCH_BUNDLE, false",
        "administrators, FETCH_BUNDLE, false",
        "operators, ISSUE_CREDENTIAL, false",
        "operators, CHANGE_GROUP, false",
        "operators, RUN_TASK, false",
        "operators, CALL_SERVICE, false",
        "viewers, VIEW_TASK, true",
        "viewers, ACCESS_SANDBOX, false",
        "viewers, ATTACH_CONTAINER_OUTPUT, false",
        "viewers, VIEW_POLICY, false",
        "viewers, VIEW_FLAGS, false",
        "developers:eng, RUN_TASK, true",
        "developers:eng, REGISTER_FRAMEWORK, true",
        "developers:eng, LAUNCH_NESTED_CONTAINER, true",
        "developers:eng, UPDATE_QUOTA_WITH_CONFIG, false",
        "developers:eng, CHANGE_POLICY, false",
        "developers:ops, RUN_TASK, false"
    })
    void drawTheLines(String group, Action action, boolean isAllowed) {
        assertThat(allows(group, action, "eng/web")).isEqualTo(isAllowed);
    }

    @ParameterizedTest
    @CsvSource({"eng, true", "eng/web, true", "engine, false", "ops, false", "*, false"})
    void keepDevelopersInTheirRole(String role, boolean isAllowed) {
        assertThat(allows("developers:eng", Action.RUN_TASK, role)).isEqualTo(isAllowed);
        assertThat(allows("developers:eng", Action.VIEW_TASK, role)).isEqualTo(isAllowed);
    }

    @Test
    void keepDevelopersFromRoot() {
        var root = Target.role("eng").and(Attribute.USER, "root");
        var developer = Subject.user("ann").inGroups("developers:eng");

        assertThat(decide(developer, Action.RUN_TASK, root)).isFalse();
        assertThat(
                        decide(
                                developer.inGroups(StarterPolicies.ADMINISTRATORS),
                                Action.RUN_TASK,
                                root))
                .isTrue();
    }

    @Test
    void letAgentsJoinAndAllMembersLearnThePolicies() {
        var agent = Subject.of(SubjectKind.AGENT, "a1");

        assertThat(decide(agent, Action.REGISTER_AGENT, Target.of(Action.REGISTER_AGENT.target())))
                .isTrue();
        assertThat(decide(agent, Action.FETCH_BUNDLE, Target.of(Action.FETCH_BUNDLE.target())))
                .isTrue();
        assertThat(
                        decide(
                                Subject.user("a1"),
                                Action.REGISTER_AGENT,
                                Target.of(Action.REGISTER_AGENT.target())))
                .isFalse();
    }

    @Test
    void speakOfRolesWithOddNames() {
        var role = new Role("o\"d*d\\");
        var texts = StarterPolicies.texts();
        texts.put("developer-odd", StarterPolicies.developer("developer-odd", role));
        var authorizer = Authorizer.of(Bundle.of(1, NOW, texts, Groups.NONE)).orThrow();
        var developer = Subject.user("ann").inGroups(StarterPolicies.developersOf(role));

        assertThat(
                        authorizer
                                .decide(
                                        Question.of(
                                                developer,
                                                Action.RUN_TASK,
                                                Target.role(role.name() + "/x")),
                                        NOW)
                                .isAllowed())
                .isTrue();
        assertThat(
                        authorizer
                                .decide(
                                        Question.of(
                                                developer,
                                                Action.RUN_TASK,
                                                Target.role("o\"dXd\\")),
                                        NOW)
                                .isAllowed())
                .isFalse();
        assertThatThrownBy(() -> StarterPolicies.developer("d", Role.ANY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean allows(String group, Action action, String role) {
        return decide(Subject.user("ann").inGroups(group), action, Target.role(role));
    }

    private static boolean decide(Subject subject, Action action, Target target) {
        var question =
                action == Action.CALL_SERVICE
                        ? Question.ofCall(subject, target, Call.of("GET", "/"))
                        : Question.of(subject, action, target);
        return AUTHORIZER.decide(question, NOW).isAllowed();
    }
}
