package io.meseta.authorization.mesos;

import io.meseta.authorization.Action;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.mesos.Acl.Side;
import io.meseta.authorization.policy.Effect;
import io.meseta.authorization.policy.Exemption;
import io.meseta.authorization.policy.NamePattern;
import io.meseta.authorization.policy.Policy;
import io.meseta.authorization.policy.Rule;
import io.meseta.authorization.policy.What;
import io.meseta.authorization.policy.Who;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// From an ACL file to a policy that decides the same.
///
/// In a list the first match decides; among rules, one that denies. So each denying entry becomes a
/// rule that denies, exempting what an allowing entry above it matches; each allowing entry becomes
/// a rule that allows, as denying entries above it win anyway. `permissive` becomes one more rule
/// that allows. Where two lists must agree, allowing entries are joined pair by pair.
///
/// An ACL's object has one value in one question: where Mesos asks for several at once, such as the
/// roles of a framework, ask once for each.
public final class AclTranslation {

    private static final int EXEMPTIONS_MAX = 200_000;

    private final AclFile file;
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int exemptions;

    private AclTranslation(AclFile file) {
        this.file = file;
    }

    /// What came of a translation.
    public sealed interface Result {

        /// @param notes what a reader of the policy should know
        record Done(Policy policy, List<String> notes) implements Result {
            public Done {
                notes = List.copyOf(notes);
            }
        }

        record Refused(String reason) implements Result {}
    }

    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// Translates a file into a policy of this name.
    public static Result translate(AclFile file, String policyName) {
        var translation = new AclTranslation(file);
        try {
            for (var action : AclList.allActions()) translation.translate(action);
        } catch (TooLarge _) {
            return new Result.Refused(
                    "The ACL file would become more than %d rules or %d exemptions"
                            .formatted(Policy.RULES_MAX, EXEMPTIONS_MAX));
        }
        if (file.isPermissive()) translation.permit();
        var description = "Translated from a Mesos ACL file";
        return new Result.Done(
                new Policy(policyName, description, translation.rules), translation.notes);
    }

    private void permit() {
        add(
                Rule.of(
                                "permissive",
                                Effect.ALLOW,
                                AclList.allActions(),
                                Who.EVERYONE,
                                What.ANYTHING)
                        .describedAs("permissive: what no ACL matches is allowed"));
    }

    private void translate(Action action) {
        var lists = AclList.deciding(action);
        // One list that decides two actions is translated once.
        if (!isFirstOf(action, lists.getFirst())) return;
        for (var list : lists) denials(list);
        if (lists.size() == 1) allowances(lists.getFirst());
        else if (!file.isPermissive()) joined(lists.getFirst(), lists.getLast());
    }

    private static boolean isFirstOf(Action action, AclList list) {
        return list.actions().stream().sorted().findFirst().equals(Optional.of(action));
    }

    private void denials(AclList list) {
        var acls = file.acls(list);
        for (int i = 0; i < acls.size(); i++) {
            var acl = acls.get(i);
            if (!isPossible(list, acl, i)) continue;
            if (!acl.isDeny()) continue;
            var unless =
                    acls.subList(0, i).stream()
                            .filter(above -> !above.isDeny())
                            .filter(above -> canMatch(list, above))
                            .filter(above -> meet(above.principals(), acl.principals()))
                            .map(above -> exemption(list, above))
                            .toList();
            exemptions += unless.size();
            if (exemptions > EXEMPTIONS_MAX) throw new TooLarge();
            add(rule(list, i, Effect.DENY, acl).unless(unless));
        }
    }

    private void allowances(AclList list) {
        var acls = file.acls(list);
        for (int i = 0; i < acls.size(); i++) {
            var acl = acls.get(i);
            if (!acl.isDeny() && canMatch(list, acl)) add(rule(list, i, Effect.ALLOW, acl));
        }
    }

    private void joined(AclList left, AclList right) {
        for (int i = 0; i < file.acls(left).size(); i++) {
            for (int j = 0; j < file.acls(right).size(); j++) {
                join(left, i, right, j);
            }
        }
    }

    private void join(AclList left, int i, AclList right, int j) {
        var one = file.acls(left).get(i);
        var other = file.acls(right).get(j);
        if (one.isDeny() || other.isDeny()) return;
        if (!canMatch(left, one) || !canMatch(right, other)) return;
        var who = common(one.principals(), other.principals());
        if (who.isEmpty()) return;
        var attributes = new EnumMap<Attribute, List<NamePattern>>(Attribute.class);
        attributes.putAll(what(left, one).attributes());
        attributes.putAll(what(right, other).attributes());
        add(
                Rule.of(
                                "%s.%d.%d".formatted(left.key(), i + 1, j + 1),
                                Effect.ALLOW,
                                left.actions(),
                                who.get(),
                                new What(attributes))
                        .describedAs(
                                "ACL %d of %s with ACL %d of %s"
                                        .formatted(i + 1, left.key(), j + 1, right.key())));
    }

    private void add(Rule rule) {
        if (rules.size() >= Policy.RULES_MAX) throw new TooLarge();
        rules.add(rule);
    }

    private static Rule rule(AclList list, int index, Effect effect, Acl acl) {
        return Rule.of(
                        list.key() + "." + (index + 1),
                        effect,
                        list.actions(),
                        who(acl.principals()),
                        what(list, acl))
                .describedAs("ACL %d of %s".formatted(index + 1, list.key()));
    }

    private static Exemption exemption(AclList list, Acl acl) {
        return new Exemption(who(acl.principals()), what(list, acl));
    }

    private static Who who(Side side) {
        return switch (side) {
            case Side.Any _, Side.None _ -> Who.EVERYONE;
            case Side.Values(var values) ->
                    new Who.Some(
                            values.stream().map(NamePattern::exactly).toList(),
                            new TreeSet<>(),
                            Set.of());
        };
    }

    private static What what(AclList list, Acl acl) {
        return switch (acl.objects()) {
            case Side.Any _, Side.None _ -> What.ANYTHING;
            case Side.Values(var values) ->
                    list.attribute()
                            .map(attribute -> new What(Map.of(attribute, patterns(list, values))))
                            .orElseThrow(() -> new IllegalStateException(list + " has no object"));
        };
    }

    private static List<NamePattern> patterns(AclList list, List<String> values) {
        boolean isOfRoles = list.attribute().equals(Optional.of(Attribute.ROLE));
        return values.stream().map(value -> pattern(value, isOfRoles)).toList();
    }

    private static NamePattern pattern(String value, boolean isRole) {
        boolean isSubtree = isRole && value.endsWith("/%");
        return isSubtree
                ? NamePattern.below(value.substring(0, value.length() - 2))
                : NamePattern.exactly(value);
    }

    /// Whether the entry can match any question, with a note if not.
    private boolean isPossible(AclList list, Acl acl, int index) {
        if (canMatch(list, acl)) return true;
        notes.add(
                "ACL %d of %s matches nothing, in Mesos as here, and is left out"
                        .formatted(index + 1, list.key()));
        return false;
    }

    private static boolean canMatch(AclList list, Acl acl) {
        if (acl.principals() instanceof Side.Values(var names) && names.isEmpty()) return false;
        return !(acl.objects() instanceof Side.Values(var values))
                || (!values.isEmpty() && list.attribute().isPresent());
    }

    private static boolean meet(Side left, Side right) {
        return common(left, right).isPresent();
    }

    private static Optional<Who> common(Side left, Side right) {
        if (!(left instanceof Side.Values(var some))) return Optional.of(who(right));
        if (!(right instanceof Side.Values(var others))) return Optional.of(who(left));
        var both = some.stream().filter(Set.copyOf(others)::contains).toList();
        return both.isEmpty() ? Optional.empty() : Optional.of(who(new Side.Values(both)));
    }
}
