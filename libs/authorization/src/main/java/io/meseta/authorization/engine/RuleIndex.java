package io.meseta.authorization.engine;

import io.meseta.authorization.Action;
import io.meseta.authorization.Question;
import io.meseta.authorization.policy.Who;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All rules by action, then by subject, then by target. Filled once, then only read.
final class RuleIndex {

    private final Map<Action, BySubject> byAction = new EnumMap<>(Action.class);

    /// Those of one action.
    private static final class BySubject {

        private final Map<String, Shelf> byPrincipal = new HashMap<>();
        private final Map<String, Shelf> byGroup = new HashMap<>();
        private final Shelf open = new Shelf();
        private final List<IndexedRule> all = new ArrayList<>();

        void add(IndexedRule rule) {
            all.add(rule);
            if (!(rule.rule().who() instanceof Who.Some(var principals, var groups, _))
                    || (principals.isEmpty() && groups.isEmpty())
                    || principals.stream().anyMatch(each -> each.literal().isEmpty())) {
                open.add(rule);
                return;
            }
            for (var principal : principals) {
                principal.literal().ifPresent(name -> shelf(byPrincipal, name).add(rule));
            }
            for (var group : groups) shelf(byGroup, group).add(rule);
        }

        private static Shelf shelf(Map<String, Shelf> shelves, String name) {
            return shelves.computeIfAbsent(name, _ -> new Shelf());
        }

        void visit(Question question, RuleVisitor visitor) {
            open.visit(question, visitor);
            var subject = question.subject();
            if (!subject.isAuthenticated()) return;
            var own = byPrincipal.get(subject.principal());
            if (own != null) own.visit(question, visitor);
            for (var group : subject.groups()) {
                var shared = byGroup.get(group);
                if (shared != null) shared.visit(question, visitor);
            }
        }
    }

    RuleIndex(List<IndexedRule> rules) {
        for (var rule : rules) {
            for (var action : rule.rule().actions()) {
                byAction.computeIfAbsent(action, _ -> new BySubject()).add(rule);
            }
        }
    }

    /// Shows all rules that may match the question, and few others. The subject's groups must be
    /// complete.
    void visit(Question question, RuleVisitor visitor) {
        var rules = byAction.get(question.action());
        if (rules != null) rules.visit(question, visitor);
    }

    /// All rules of an action, in their order.
    List<IndexedRule> about(Action action) {
        var rules = byAction.get(action);
        return rules == null ? List.of() : rules.all;
    }
}
