package io.meseta.authorization.engine;

import io.meseta.authorization.policy.PathTemplate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rules by the paths that they name, one level for each segment.
///
/// A look goes down the literal branch and the free one at each level, so it costs at most what the
/// written templates have nodes, and in practice a few.
final class PathTree {

    private final Map<String, PathTree> literal = new HashMap<>();
    private @Nullable PathTree free;
    private final List<IndexedRule> ending = new ArrayList<>();
    private final List<IndexedRule> openEnded = new ArrayList<>();

    void add(PathTemplate template, IndexedRule rule) {
        var at = this;
        for (var segment : template.segments()) at = at.child(segment);
        (template.isOpenEnded() ? at.openEnded : at.ending).add(rule);
    }

    private PathTree child(PathTemplate.Segment segment) {
        return switch (segment) {
            case PathTemplate.Segment.Literal(var text) ->
                    literal.computeIfAbsent(text, _ -> new PathTree());
            // Which of the free ones fit, the rule itself will say.
            case PathTemplate.Segment.Variable _, PathTemplate.Segment.Free _ -> {
                if (free == null) free = new PathTree();
                yield free;
            }
        };
    }

    void visit(List<String> path, RuleVisitor visitor) {
        visit(path, 0, visitor);
    }

    private void visit(List<String> path, int depth, RuleVisitor visitor) {
        openEnded.forEach(visitor::visit);
        if (depth == path.size()) {
            ending.forEach(visitor::visit);
            return;
        }
        var exact = literal.get(path.get(depth));
        if (exact != null) exact.visit(path, depth + 1, visitor);
        if (free != null) free.visit(path, depth + 1, visitor);
    }
}
