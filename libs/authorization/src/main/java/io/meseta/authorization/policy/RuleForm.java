package io.meseta.authorization.policy;

import io.meseta.authorization.Action;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.SubjectKind;
import io.meseta.authorization.text.Form;
import io.meseta.authorization.text.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// One rule as it is written.
final class RuleForm {

    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z_-]{0,31}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");

    private static final List<String> ALL_ACTIONS =
            Arrays.stream(Action.values()).map(Enum::name).toList();

    private final Form form;

    RuleForm(Form form) {
        this.form = form;
    }

    /// The rule; what is wrong with it has been reported, and it is empty only if so.
    Optional<Rule> rule() {
        var id = form.word("id");
        if (!id.isEmpty()) Policy.nameProblem(id).ifPresent(wrong -> form.report("id", wrong));
        var description = form.optionalWord("description").orElse("");
        var effect = effect();
        var actions = actions();
        var who = who(form, "subjects");
        var what = what(form, actions);
        var call = call(actions);
        var unless = unless(actions);
        var condition = condition();
        form.finish();
        if (effect.isEmpty() || actions.isEmpty() || who.isEmpty() || id.isEmpty()) {
            return Optional.empty();
        }
        checkVariables(call, condition);
        return Optional.of(
                new Rule(
                        id,
                        description,
                        effect.get(),
                        actions,
                        who.get(),
                        what,
                        call,
                        unless,
                        condition));
    }

    private Optional<Effect> effect() {
        var word = form.word("effect");
        if (word.isEmpty()) return Optional.empty();
        var effect = Arrays.stream(Effect.values()).filter(e -> e.text().equals(word)).findFirst();
        if (effect.isEmpty()) form.report("effect", "must be 'allow' or 'deny'");
        return effect;
    }

    /// Named one by one, or by `any`, `reading` or `changing`.
    private Set<Action> actions() {
        if (!form.has("actions")) form.report("the key 'actions' is missing");
        var actions = EnumSet.noneOf(Action.class);
        for (var word : form.words("actions")) {
            switch (word) {
                case "any" -> actions.addAll(EnumSet.allOf(Action.class));
                case "reading" -> actions.addAll(those(Action.Nature.READING));
                case "changing" -> actions.addAll(those(Action.Nature.CHANGING));
                default ->
                        Action.of(word)
                                .ifPresentOrElse(
                                        actions::add, () -> reportUnknown("actions", word));
            }
        }
        return actions;
    }

    private static List<Action> those(Action.Nature nature) {
        return Arrays.stream(Action.values()).filter(each -> each.nature() == nature).toList();
    }

    private void reportUnknown(String key, String word) {
        form.report(key, "unknown action '" + word + "'" + Form.suggestion(ALL_ACTIONS, word));
    }

    private static Optional<Who> who(Form form, String key) {
        if (!form.has(key)) {
            form.report("the key '" + key + "' is missing; for all callers, write 'everyone'");
            return Optional.empty();
        }
        var word = form.tree(key).flatMap(RuleForm::bareWord);
        if (word.isEmpty()) return form.form(key).flatMap(RuleForm::some);
        return switch (word.get()) {
            case "everyone" -> Optional.of(Who.EVERYONE);
            case "authenticated" -> Optional.of(Who.AUTHENTICATED);
            default -> {
                form.report(key, "must be 'everyone', 'authenticated' or a mapping");
                yield Optional.empty();
            }
        };
    }

    private static Optional<String> bareWord(Tree tree) {
        return tree instanceof Tree.Word word ? Optional.of(word.value()) : Optional.empty();
    }

    private static Optional<Who> some(Form form) {
        var principals = patterns(form, "principals");
        var groups = new TreeSet<>(form.words("groups"));
        var names = Arrays.stream(SubjectKind.values()).map(SubjectKind::text).toList();
        var kinds =
                form.values(
                        "kinds",
                        SubjectKind::of,
                        word -> "unknown kind '" + word + "'" + Form.suggestion(names, word));
        form.finish();
        if (principals.isEmpty() && groups.isEmpty() && kinds.isEmpty()) {
            form.report("must name principals, groups or kinds");
            return Optional.empty();
        }
        return Optional.of(new Who.Some(principals, groups, Set.copyOf(kinds)));
    }

    private static List<NamePattern> patterns(Form form, String key) {
        return form.values(
                key,
                word ->
                        NamePattern.problem(word).isEmpty()
                                ? Optional.of(NamePattern.of(word))
                                : Optional.empty(),
                word -> "'" + word + "': " + NamePattern.problem(word).orElse("is no pattern"));
    }

    private static What what(Form parent, Set<Action> actions) {
        var form = parent.form("targets");
        if (form.isEmpty()) return What.ANYTHING;
        var attributes = new EnumMap<Attribute, List<NamePattern>>(Attribute.class);
        for (var key : form.get().keys()) {
            var attribute = Attribute.of(key);
            if (attribute.isEmpty()) continue;
            var patterns = patterns(form.get(), key);
            if (!patterns.isEmpty()) attributes.put(attribute.get(), patterns);
            if (!actions.isEmpty() && actions.stream().noneMatch(has(attribute.get()))) {
                form.get().report(key, "no target of these actions has this attribute");
            }
        }
        reportUnknownAttributes(form.get());
        if (form.get().keys().isEmpty()) form.get().report("must not be empty; leave it out");
        return new What(attributes);
    }

    private static void reportUnknownAttributes(Form form) {
        var names = Arrays.stream(Attribute.values()).map(Attribute::text).toList();
        for (var key : form.keys()) {
            if (Attribute.of(key).isPresent()) continue;
            form.report(key, "unknown attribute" + Form.suggestion(names, key));
        }
    }

    private static Predicate<Action> has(Attribute attribute) {
        return action -> action.target().has(attribute);
    }

    private CallShape call(Set<Action> actions) {
        boolean isPresent = form.has("methods") || form.has("paths") || form.has("headers");
        var methods =
                form.values(
                        "methods",
                        word ->
                                METHOD.matcher(word).matches()
                                        ? Optional.of(word)
                                        : Optional.empty(),
                        word -> "'" + word + "': a method is written in capitals, as GET");
        var paths =
                form.values(
                        "paths",
                        word ->
                                PathTemplate.problem(word).isEmpty()
                                        ? Optional.of(PathTemplate.of(word))
                                        : Optional.empty(),
                        word -> "'" + word + "': " + PathTemplate.problem(word).orElse("no path"));
        var headers = headers();
        if (isPresent && !actions.equals(Set.of(Action.CALL_SERVICE)) && !actions.isEmpty()) {
            form.report("methods, paths and headers belong to rules about CALL_SERVICE alone");
        }
        return new CallShape(new TreeSet<>(methods), paths, headers);
    }

    private SortedMap<String, List<NamePattern>> headers() {
        var headers = new TreeMap<String, List<NamePattern>>();
        var inner = form.form("headers");
        if (inner.isEmpty()) return headers;
        for (var key : inner.get().keys()) {
            if (!HEADER.matcher(key).matches()) inner.get().report(key, "is no header's name");
            var patterns = patterns(inner.get(), key);
            var before = headers.put(key.toLowerCase(Locale.ROOT), patterns);
            if (before != null) inner.get().report(key, "this header stands here twice");
        }
        if (headers.isEmpty()) inner.get().report("must not be empty; leave it out");
        return headers;
    }

    private List<Exemption> unless(Set<Action> actions) {
        var exemptions = new ArrayList<Exemption>();
        for (var each : form.forms("unless")) {
            var who = each.has("subjects") ? who(each, "subjects") : Optional.of(Who.EVERYONE);
            var what = what(each, actions);
            each.finish();
            if (each.keys().isEmpty()) each.report("must name subjects or targets");
            who.ifPresent(found -> exemptions.add(new Exemption(found, what)));
        }
        return exemptions;
    }

    private Condition condition() {
        var text = form.optionalWord("when");
        if (text.isEmpty()) return Condition.NONE;
        return switch (Condition.compile(text.get())) {
            case Condition.Compiled.Good(var condition) -> condition;
            case Condition.Compiled.Bad(var problem) -> {
                form.report("when", problem);
                yield Condition.NONE;
            }
        };
    }

    private void checkVariables(CallShape call, Condition condition) {
        if (condition.asksForVariables()
                && call.paths().stream().noneMatch(PathTemplate::hasVariables)) {
            form.report("when", "no path of this rule has variables, such as '/orders/{id}'");
        }
    }
}
