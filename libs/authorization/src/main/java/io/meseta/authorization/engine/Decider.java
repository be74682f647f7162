package io.meseta.authorization.engine;

import io.meseta.authorization.Action;
import io.meseta.authorization.Question;
import io.meseta.authorization.Subject;
import io.meseta.authorization.Target;
import io.meseta.authorization.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One subject's rights to one action at one moment: made once for a request, then asked for each
/// target of a list.
///
/// What does not depend on the target is decided once; answers are remembered, since many targets
/// are alike. For one thread, and not for [Action#CALL_SERVICE], which is never asked for lists.
public final class Decider implements Predicate<Target> {

    private static final int REMEMBERED_MAX = 50_000;
    private static final int SCANNED_MAX = 64;

    private final Authorizer authorizer;
    private final Subject subject;
    private final Action action;
    private final Instant now;
    private final List<IndexedRule> relevant;
    private final @Nullable Boolean always;
    private final Map<Target, Boolean> remembered = new HashMap<>();

    Decider(Authorizer authorizer, Subject subject, Action action, Instant now) {
        this.authorizer = authorizer;
        this.subject = subject;
        this.action = action;
        this.now = now;
        this.relevant = relevant();
        this.always = always();
    }

    /// Whether the subject may do it to this target.
    @Override
    public boolean test(Target target) {
        if (always != null) return always;
        var known = remembered.get(target);
        if (known != null) return known;
        boolean isAllowed = isAllowed(target);
        if (remembered.size() < REMEMBERED_MAX) remembered.put(target, isAllowed);
        return isAllowed;
    }

    /// The verdict with its reason; not remembered.
    public Verdict decide(Target target) {
        return authorizer.decide(Question.of(subject, action, target), now);
    }

    /// Whether every target is allowed, so that nothing needs to be filtered.
    public boolean isAlways() {
        return always != null && always;
    }

    /// Whether no target is, so that nothing needs to be looked at.
    public boolean isNever() {
        return always != null && !always;
    }

    /// The answer for all targets if it can be known without any: null if it depends.
    private @Nullable Boolean always() {
        var anywhere = Question.of(subject, action, Target.of(action.target()));
        if (authorizer.withoutRules(anywhere, now).isPresent()) return false;
        return summary(relevant);
    }

    private List<IndexedRule> relevant() {
        var rules = new ArrayList<IndexedRule>();
        for (var rule : authorizer.index().about(action)) {
            if (rule.rule().who().includes(subject)) rules.add(rule);
        }
        return rules;
    }

    /// As [#decide], without words. Few rules are looked at one by one, more by the index.
    private boolean isAllowed(Target target) {
        if (relevant.size() > SCANNED_MAX) return decide(target).isAllowed();
        try {
            var search = new Search(Question.of(subject, action, target), now);
            for (var rule : relevant) search.visit(rule);
            return search.isAllowed();
        } catch (RuntimeException _) {
            // Its words would be those of the engine's fault.
            return decide(target).isAllowed();
        }
    }

    private static @Nullable Boolean summary(List<IndexedRule> rules) {
        boolean hasAllow = false;
        boolean hasDeny = false;
        boolean allowsAll = false;
        for (var each : rules) {
            var rule = each.rule();
            boolean isTotal =
                    rule.what().attributes().isEmpty()
                            && rule.unless().isEmpty()
                            && rule.condition().isNone();
            switch (rule.effect()) {
                case ALLOW -> {
                    hasAllow = true;
                    allowsAll |= isTotal;
                }
                case DENY -> {
                    hasDeny = true;
                    if (isTotal) return false;
                }
            }
        }
        if (!hasAllow) return false;
        return (allowsAll && !hasDeny) ? true : null;
    }
}
