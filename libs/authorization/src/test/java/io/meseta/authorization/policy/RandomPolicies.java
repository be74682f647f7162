package io.meseta.authorization.policy;

import io.meseta.authorization.Action;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.Call;
import io.meseta.authorization.Question;
import io.meseta.authorization.Subject;
import io.meseta.authorization.SubjectKind;
import io.meseta.authorization.Target;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Policies and questions over a small world, so that they meet often.
public final class RandomPolicies {

    private static final List<String> PRINCIPALS = List.of("ann", "bob", "c*l", "spiffe://x/y");
    private static final List<String> GROUPS = List.of("dev", "ops", "root");
    private static final List<String> ROLES = List.of("eng", "eng/web", "eng/web/a", "ops", "*");
    private static final List<String> USERS = List.of("root", "nobody");
    private static final List<String> PATHS = List.of("/", "/a", "/a/b", "/a/b/c", "/admin");
    private static final List<String> TEMPLATES =
            List.of("/", "/a", "/a/**", "/{x}", "/a/{y}", "/**", "/a*/b", "/admin");
    private static final List<Action> ACTIONS =
            List.of(Action.RUN_TASK, Action.VIEW_ROLE, Action.VIEW_TASK, Action.CALL_SERVICE);

    private final Random random;

    public RandomPolicies(Random random) {
        this.random = random;
    }

    public Policy policy(String name, int rulesMax) {
        var rules = new ArrayList<Rule>();
        int size = 1 + random.nextInt(rulesMax);
        for (int i = 0; i < size; i++) rules.add(rule("r" + i));
        return new Policy(name, random.nextBoolean() ? "" : "so \"it\" is\\", rules);
    }

    public Rule rule(String id) {
        var effect = random.nextInt(3) == 0 ? Effect.DENY : Effect.ALLOW;
        var actions = actions();
        var rule = Rule.of(id, effect, actions, who(), what(actions));
        if (rule.actions().equals(Set.of(Action.CALL_SERVICE))) rule = rule.forCalls(shape());
        if (random.nextInt(4) == 0)
            rule = rule.unless(List.of(new Exemption(who(), what(actions))));
        if (random.nextInt(5) == 0) rule = rule.when(condition());
        return rule;
    }

    public Question question() {
        var subject = subject();
        var target = target();
        return random.nextInt(3) == 0
                ? Question.ofCall(subject, target, call())
                : Question.of(subject, pick(ACTIONS), target);
    }

    public Subject subject() {
        if (random.nextInt(8) == 0) return Subject.ANONYMOUS;
        var kind = pick(List.of(SubjectKind.USER, SubjectKind.WORKLOAD));
        return Subject.of(kind, pick(PRINCIPALS)).inGroups(some(GROUPS));
    }

    public Target target() {
        var target = Target.of(Action.RUN_TASK.target());
        if (random.nextInt(4) > 0) target = target.and(Attribute.ROLE, pick(ROLES));
        if (random.nextInt(3) > 0) target = target.and(Attribute.USER, pick(USERS));
        return target;
    }

    private Call call() {
        var headers =
                random.nextBoolean()
                        ? Map.<String, List<String>>of()
                        : Map.of("x-team", some(GROUPS));
        return Call.of(pick(List.of("GET", "POST", "delete")), pick(PATHS), headers);
    }

    private Set<Action> actions() {
        return random.nextInt(10) == 0 ? EnumSet.allOf(Action.class) : Set.of(pick(ACTIONS));
    }

    private Who who() {
        return switch (random.nextInt(5)) {
            case 0 -> Who.EVERYONE;
            case 1 -> Who.AUTHENTICATED;
            case 2 -> Who.principals(pick(PRINCIPALS), pick(PRINCIPALS));
            case 3 -> Who.groups(pick(GROUPS));
            default ->
                    new Who.Some(
                            List.of(NamePattern.of(pick(List.of("a*", "*", "spiffe://**")))),
                            new TreeSet<>(some(GROUPS)),
                            random.nextBoolean() ? Set.of() : Set.of(SubjectKind.USER));
        };
    }

    private What what(Set<Action> actions) {
        var attributes = new EnumMap<Attribute, List<NamePattern>>(Attribute.class);
        if (random.nextBoolean()) attributes.put(Attribute.ROLE, List.of(role(), role()));
        boolean hasUser = actions.stream().anyMatch(each -> each.target().has(Attribute.USER));
        if (hasUser && random.nextInt(3) == 0) {
            attributes.put(Attribute.USER, List.of(NamePattern.exactly(pick(USERS))));
        }
        return new What(attributes);
    }

    private NamePattern role() {
        var role = NamePattern.escaped(pick(ROLES));
        return NamePattern.of(
                switch (random.nextInt(4)) {
                    case 0 -> role + "/**";
                    case 1 -> role + "/*/**";
                    case 2 -> role.charAt(0) == '\\' ? "*" : role.charAt(0) + "*";
                    default -> role;
                });
    }

    private CallShape shape() {
        var headers = new TreeMap<String, List<NamePattern>>();
        if (random.nextInt(4) == 0) {
            headers.put("x-team", List.of(NamePattern.exactly(pick(GROUPS))));
        }
        return new CallShape(
                new TreeSet<>(some(List.of("GET", "DELETE"))),
                some(TEMPLATES).stream().map(PathTemplate::of).toList(),
                headers);
    }

    private Condition condition() {
        return pick(CONDITIONS);
    }

    private static final List<Condition> CONDITIONS =
            List.of(
                    Condition.of("target.user == 'root'"),
                    Condition.of("subject.principal == 'ann'"),
                    Condition.of("'dev' in subject.groups"),
                    Condition.of("call.method == 'GET'"));

    private <T> List<T> some(List<T> all) {
        return all.stream().filter(_ -> random.nextInt(3) == 0).toList();
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
