package io.meseta.authorization.engine;

import io.meseta.authorization.Action;
import io.meseta.authorization.Groups;
import io.meseta.authorization.Question;
import io.meseta.authorization.RuleId;
import io.meseta.authorization.Subject;
import io.meseta.authorization.Verdict;
import io.meseta.authorization.bundle.Bundle;
import io.meseta.authorization.policy.Policy;
import io.meseta.authorization.policy.PolicyReader;
import io.meseta.authorization.text.Document;
import io.meseta.authorization.text.Mark;
import io.meseta.authorization.text.Outcome;
import io.meseta.authorization.text.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The one engine that says who may do what.
///
/// Immutable, so share it freely; a new bundle makes a new one. Default deny; of the rules that
/// match, one that denies overrides all that allow. Past its bundle's expiry it denies whatever may
/// change something. It never throws: what it cannot decide, it denies.
public final class Authorizer {

    private final RuleIndex index;
    private final Groups groups;
    private final long bundleVersion;
    private final Instant expires;

    private Authorizer(RuleIndex index, Groups groups, long bundleVersion, Instant expires) {
        this.index = index;
        this.groups = groups;
        this.bundleVersion = bundleVersion;
        this.expires = expires;
    }

    /// Before the first bundle has come: denies everything.
    public static Authorizer denyingAll() {
        return new Authorizer(new RuleIndex(List.of()), Groups.NONE, 0, Instant.MIN);
    }

    /// Policies that are at hand as values. Their names must differ.
    public static Authorizer of(
            Collection<Policy> policies, Groups groups, long bundleVersion, Instant expires) {
        var byName = new TreeMap<String, Policy>();
        for (var policy : policies) {
            if (byName.put(policy.name(), policy) != null) {
                throw new IllegalArgumentException("Two policies are called " + policy.name());
            }
        }
        return new Authorizer(
                new RuleIndex(inOrder(byName.values())), groups, bundleVersion, expires);
    }

    /// A verified bundle's policies. All of them must be right, or none is used.
    public static Outcome<Authorizer> of(Bundle bundle) {
        var policies = new ArrayList<Policy>();
        var problems = new ArrayList<Problem>();
        bundle.policies()
                .forEach((name, text) -> {
                    switch (PolicyReader.read(new Document(name, text))) {
                        case Outcome.Bad(var found) -> problems.addAll(found);
                        case Outcome.Good(var policy) -> {
                            policies.add(policy);
                            if (!policy.name().equals(name)) {
                                var message = "is called '" + policy.name() + "' in its text";
                                problems.add(new Problem(name, Mark.START, "policy", message));
                            }
                        }
                    }
                });
        if (!problems.isEmpty()) return new Outcome.Bad<>(problems);
        return new Outcome.Good<>(
                of(policies, bundle.groups(), bundle.version(), bundle.expires()));
    }

    private static List<IndexedRule> inOrder(Collection<Policy> policies) {
        var rules = new ArrayList<IndexedRule>();
        policies.forEach(policy ->
                policy.rules().stream()
                        .sorted(Comparator.comparing(rule -> rule.id()))
                        .forEach(rule ->
                                rules.add(
                                        new IndexedRule(
                                                rules.size(),
                                                new RuleId(policy.name(), rule.id()),
                                                rule))));
        return rules;
    }

    public long bundleVersion() {
        return bundleVersion;
    }

    /// From when on nothing may be changed by these policies.
    public Instant expires() {
        return expires;
    }

    /// Decides. The time comes from the caller: the engine has none.
    public Verdict decide(Question question, Instant now) {
        try {
            var before = withoutRules(question, now);
            if (before.isPresent()) return before.get();
            var complete = complete(question);
            var search = new Search(complete, now);
            index.visit(complete, search);
            return verdict(search, complete, now);
        } catch (RuntimeException failure) {
            // Fail closed: a question that breaks the engine must not get past it.
            return denied(RuleId.FAULT, "The engine failed on this question: " + failure);
        }
    }

    /// Decides many questions of one subject about one action, such as which roles it may view.
    public Decider decider(Subject subject, Action action, Instant now) {
        return new Decider(this, groups.complete(subject), action, now);
    }

    /// Decides, and says of each rule about the action why it matched or not.
    public Explanation explain(Question question, Instant now) {
        var complete = complete(question);
        var lines =
                index.about(question.action()).stream()
                        .map(rule -> line(rule, complete, now))
                        .sorted(Comparator.comparing(line -> !line.isMatch()))
                        .toList();
        return Explanation.of(decide(question, now), lines);
    }

    private static Explanation.Line line(IndexedRule rule, Question question, Instant now) {
        var finding = rule.find(question, now);
        var why = finding.sentence();
        if (finding == Finding.MATCHES_UNPROVEN || finding == Finding.CONDITION_UNKNOWN) {
            why += " (" + rule.complaint(question, now) + ")";
        }
        return new Explanation.Line(rule.id(), rule.rule().effect(), finding.isMatch(), why);
    }

    RuleIndex index() {
        return index;
    }

    /// What is decided before any rule is asked.
    Optional<Verdict> withoutRules(Question question, Instant now) {
        if (question.isChanging() && !now.isBefore(expires)) {
            return Optional.of(
                    denied(
                            RuleId.EXPIRED,
                            "The policies expired at %s, so nothing may be changed by them"
                                    .formatted(expires)));
        }
        if (question.action() != Action.CALL_SERVICE) return Optional.empty();
        var call = question.calledWith();
        if (call == null) {
            return Optional.of(denied(RuleId.UNCLEAR_CALL, "A call needs a method and a path"));
        }
        return call.problem()
                .map(problem -> denied(RuleId.UNCLEAR_CALL, "The call is not clear: " + problem));
    }

    Verdict verdict(Search search, Question question, Instant now) {
        if (search.isTooCostly()) {
            return denied(
                    RuleId.TOO_COSTLY,
                    "More than " + Search.CONDITIONS_MAX + " conditions would have to be checked");
        }
        if (search.deny().isPresent()) return refusal(search, search.deny().get(), question, now);
        if (search.allow().isPresent()) {
            var rule = search.allow().get();
            return new Verdict.Allowed(
                    rule.id(), bundleVersion, sentence(rule, "allows", question));
        }
        return denied(RuleId.DEFAULT, "No rule allows " + matter(question));
    }

    private Verdict refusal(Search search, IndexedRule rule, Question question, Instant now) {
        var reason = sentence(rule, "denies", question);
        if (search.denyFinding() == Finding.MATCHES_UNPROVEN) {
            var complaint = rule.complaint(question, now);
            reason += ": " + search.denyFinding().sentence() + " (" + complaint + ")";
        }
        return denied(rule.id(), reason);
    }

    private static String sentence(IndexedRule rule, String verb, Question question) {
        return "Rule '" + rule.id() + "' " + verb + " " + matter(question);
    }

    private static String matter(Question question) {
        return question.describe() + " for " + question.subject().describe();
    }

    private Verdict denied(RuleId rule, String reason) {
        return new Verdict.Denied(rule, bundleVersion, reason);
    }

    private Question complete(Question question) {
        return question.askedBy(groups.complete(question.subject()));
    }
}
