package io.meseta.authorization.engine;

import io.meseta.authorization.Attribute;
import io.meseta.authorization.CallPath;
import io.meseta.authorization.Question;
import io.meseta.authorization.policy.NamePattern;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rules of one action for one subject, by what they say of the target.
///
/// A rule lies under each value of the first attribute that it names exactly (or, for subtrees,
/// under their root); one that names none lies loose and is looked at each time.
final class Shelf {

    /// A rule that names more values lies loose rather than in so many places.
    private static final int PLACES_MAX = 256;

    private final Map<Attribute, Map<String, Pile>> exact = new EnumMap<>(Attribute.class);
    private final Map<Attribute, Map<String, Pile>> subtrees = new EnumMap<>(Attribute.class);
    private final Pile loose = new Pile();

    /// Rules that are looked at together.
    private static final class Pile {

        private final List<IndexedRule> anyPath = new ArrayList<>();
        private final PathTree paths = new PathTree();

        void add(IndexedRule rule) {
            var templates = rule.rule().call().paths();
            if (templates.isEmpty()) anyPath.add(rule);
            for (var template : templates) paths.add(template, rule);
        }

        void visit(Question question, RuleVisitor visitor) {
            for (var rule : anyPath) visitor.visit(rule);
            var call = question.calledWith();
            if (call != null && call.path() instanceof CallPath.Clear(var segments, _)) {
                paths.visit(segments, visitor);
            }
        }
    }

    void add(IndexedRule rule) {
        for (var attribute : Attribute.values()) {
            var patterns = rule.rule().what().attributes().getOrDefault(attribute, List.of());
            if (patterns.isEmpty() || patterns.size() > PLACES_MAX) continue;
            if (patterns.stream().allMatch(each -> each.literal().isPresent())) {
                file(exact, attribute, literals(patterns), rule);
                return;
            }
            if (patterns.stream().allMatch(each -> base(each).isPresent())) {
                file(subtrees, attribute, bases(patterns), rule);
                return;
            }
        }
        loose.add(rule);
    }

    private static void file(
            Map<Attribute, Map<String, Pile>> place,
            Attribute attribute,
            List<String> values,
            IndexedRule rule) {
        var piles = place.computeIfAbsent(attribute, _ -> new HashMap<>());
        for (var value : values) piles.computeIfAbsent(value, _ -> new Pile()).add(rule);
    }

    private static List<String> literals(List<NamePattern> patterns) {
        return patterns.stream().flatMap(each -> each.literal().stream()).distinct().toList();
    }

    private static List<String> bases(List<NamePattern> patterns) {
        return patterns.stream().flatMap(each -> base(each).stream()).distinct().toList();
    }

    /// The name at or below which all lies that a pattern means.
    private static Optional<String> base(NamePattern pattern) {
        return pattern.literal().or(pattern::root);
    }

    void visit(Question question, RuleVisitor visitor) {
        loose.visit(question, visitor);
        exact.forEach((attribute, piles) -> {
            var value = question.target().valueOrNull(attribute);
            if (value != null) visit(piles, value, question, visitor);
        });
        subtrees.forEach((attribute, piles) -> {
            var value = question.target().valueOrNull(attribute);
            if (value != null) visitUpwards(piles, value, question, visitor);
        });
    }

    private static void visitUpwards(
            Map<String, Pile> piles, String value, Question question, RuleVisitor visitor) {
        visit(piles, value, question, visitor);
        int slash = value.lastIndexOf('/');
        // Deep names are rare and cut: no rule names a root of more than 512 characters.
        while (slash >= 0) {
            if (slash <= NamePattern.LENGTH_MAX) {
                visit(piles, value.substring(0, slash), question, visitor);
            }
            slash = value.lastIndexOf('/', slash - 1);
        }
    }

    private static void visit(
            Map<String, Pile> piles, String value, Question question, RuleVisitor visitor) {
        var pile = piles.get(value);
        if (pile != null) pile.visit(question, visitor);
    }
}
