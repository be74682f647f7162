package io.meseta.authorization.policy;

import io.meseta.authorization.RuleId;
import io.meseta.authorization.text.Document;
import io.meseta.authorization.text.Form;
import io.meseta.authorization.text.Outcome;
import io.meseta.authorization.text.Problem;
import io.meseta.authorization.text.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Reads the text of a policy, in YAML or JSON:
///
/// ```yaml
/// policy: shop
/// rules:
///   - id: cashiers-read-orders
///     effect: allow
///     subjects: {groups: [cashiers]}
///     actions: CALL_SERVICE
///     targets: {service: orders}
///     methods: GET
///     paths: ["/orders/{id}"]
///     when: call.variables.id != "0"
/// ```
///
/// All problems of a text are found at once; a key that nobody knows is one.
public final class PolicyReader {

    /// To compile one takes about a millisecond.
    public static final int CONDITIONS_MAX = 1_000;

    private static final int PROBLEMS_MAX = 100;

    private final List<Problem> problems = new ArrayList<>();

    private PolicyReader() {}

    public static Outcome<Policy> read(Document document) {
        return document.read().then(tree -> new PolicyReader().policy(document.source(), tree));
    }

    private Outcome<Policy> policy(String source, Tree tree) {
        var form = Form.of(source, tree, problems);
        if (form.isEmpty()) return new Outcome.Bad<>(problems);
        var policy = policy(form.get());
        return policy.isEmpty() || !problems.isEmpty()
                ? new Outcome.Bad<>(problems.stream().limit(PROBLEMS_MAX).toList())
                : new Outcome.Good<>(policy.getFirst());
    }

    /// A list of one, or of none if something is wrong.
    private List<Policy> policy(Form form) {
        var name = form.word("policy");
        if (!name.isEmpty()) {
            Policy.nameProblem(name).ifPresent(problem -> form.report("policy", problem));
            if (name.equals(RuleId.BUILT_IN)) form.report("policy", "this name is taken");
        }
        var description = form.optionalWord("description").orElse("");
        if (!form.has("rules")) form.report("the key 'rules' is missing");
        var forms = isEmptyList(form.tree("rules")) ? List.<Form>of() : form.forms("rules");
        form.finish();
        if (forms.size() > Policy.RULES_MAX) {
            form.report("rules", "more than " + Policy.RULES_MAX + " rules");
            return List.of();
        }
        if (forms.stream().filter(each -> each.has("when")).count() > CONDITIONS_MAX) {
            form.report("rules", "more than " + CONDITIONS_MAX + " conditions");
            return List.of();
        }
        var ids = new TreeSet<String>();
        var rules = new ArrayList<Rule>();
        for (var each : forms) {
            var rule = new RuleForm(each).rule();
            rule.filter(found -> !ids.add(found.id()))
                    .ifPresent(twice -> each.report("id", "another rule has this id"));
            rule.ifPresent(rules::add);
        }
        return problems.isEmpty() ? List.of(new Policy(name, description, rules)) : List.of();
    }

    /// A policy without rules says nothing, which may be meant.
    private static boolean isEmptyList(Optional<Tree> tree) {
        return tree.isPresent()
                && tree.get() instanceof Tree.Sequence(_, var items)
                && items.isEmpty();
    }
}
