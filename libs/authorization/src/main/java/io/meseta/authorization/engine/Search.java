package io.meseta.authorization.engine;

import io.meseta.authorization.Question;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One look for the rule that decides: of those that match, the first that denies, else the first
/// that allows, in the order of all rules, whatever the order of the look.
final class Search implements RuleVisitor {

    /// Conditions cost some microseconds each; whoever needs more of them gets a no.
    static final int CONDITIONS_MAX = 64;

    private final Question question;
    private final Instant now;
    private int conditions;
    private boolean isTooCostly;
    private @Nullable IndexedRule deny;
    private @Nullable IndexedRule allow;
    private Finding denyFinding = Finding.MATCHES;

    Search(Question question, Instant now) {
        this.question = question;
        this.now = now;
    }

    @Override
    public void visit(IndexedRule rule) {
        if (isBeaten(rule) || isTooCostly) return;
        if (rule.hasCondition() && ++conditions > CONDITIONS_MAX) {
            isTooCostly = true;
            return;
        }
        var finding = rule.find(question, now);
        if (!finding.isMatch()) return;
        if (rule.isDeny()) {
            deny = rule;
            denyFinding = finding;
        } else {
            allow = rule;
        }
    }

    private boolean isBeaten(IndexedRule rule) {
        if (rule.isDeny()) return deny != null && deny.order() <= rule.order();
        return deny != null || (allow != null && allow.order() <= rule.order());
    }

    boolean isAllowed() {
        return !isTooCostly && deny == null && allow != null;
    }

    boolean isTooCostly() {
        return isTooCostly;
    }

    Optional<IndexedRule> deny() {
        return Optional.ofNullable(deny);
    }

    Optional<IndexedRule> allow() {
        return Optional.ofNullable(allow);
    }

    /// How the rule that denies came to match.
    Finding denyFinding() {
        return denyFinding;
    }
}
