package io.meseta.auth.policies;

import io.meseta.auth.accounts.Memberships;
import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Expected;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.changes.Ledger.Pen;
import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import io.meseta.authorization.Action;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.Groups;
import io.meseta.authorization.Question;
import io.meseta.authorization.Subject;
import io.meseta.authorization.SubjectKind;
import io.meseta.authorization.Target;
import io.meseta.authorization.TargetKind;
import io.meseta.authorization.starter.StarterPolicies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/// Changes policies, and tries changes out.
public final class PoliciesDesk {

    private final Ledger ledger;
    private final Policies policies;
    private final Memberships memberships;

    public PoliciesDesk(Ledger ledger, Policies policies, Memberships memberships) {
        this.ledger = ledger;
        this.policies = policies;
        this.memberships = memberships;
    }

    public WrittenPolicy find(String name) {
        return policies.find(name)
                .orElseThrow(() -> new Refused(new Refusal.Unknown("policy", name)));
    }

    public WrittenPolicy create(Caller by, String name, String text) {
        return ledger.change(
                by,
                pen -> {
                    if (policies.find(name).isPresent()) {
                        throw new Refused(new Refusal.Exists("policy", name));
                    }
                    if (policies.all().size() >= Policies.MAX) {
                        throw new Refused(new Refusal.TooMany("policies", Policies.MAX));
                    }
                    check(by, name, present().changed(Map.of(name, text), List.of()), pen.now());
                    var made = write(pen, by, name, text);
                    pen.created(made);
                    return made;
                });
    }

    public WrittenPolicy change(Caller by, Expected expected, String name, String text) {
        return ledger.change(
                by,
                pen -> {
                    var before = find(name);
                    expected.check(before.version());
                    check(by, name, present().changed(Map.of(name, text), List.of()), pen.now());
                    var after = write(pen, by, name, text);
                    pen.changed(before, after);
                    return after;
                });
    }

    public void delete(Caller by, Expected expected, String name) {
        ledger.<Boolean>change(
                by,
                pen -> {
                    var before = find(name);
                    expected.check(before.version());
                    check(by, name, present().changed(Map.of(), List.of(name)), pen.now());
                    policies.remove(before, pen.now(), by.principal());
                    pen.deleted(before);
                    return true;
                });
    }

    private WrittenPolicy write(Pen pen, Caller by, String name, String text) {
        var version = policies.lastVersion(name) + 1;
        var written = new WrittenPolicy(name, text, version, pen.now(), by.principal());
        policies.save(written);
        return written;
    }

    /// Refuses what is no policy, and what would leave its author without a way back.
    private void check(Caller by, String name, PolicySet next, Instant now) {
        var groups = groups();
        var candidate = next.authorizer(groups);
        if (by.kind() == SubjectKind.ANONYMOUS) return;
        var wayBack =
                Question.of(
                        Subject.of(by.kind(), by.principal()),
                        Action.CHANGE_POLICY,
                        Target.of(TargetKind.POLICIES, Attribute.NAME, name));
        var couldBefore = present().authorizer(groups).decide(wayBack, now).isAllowed();
        if (!couldBefore || candidate.decide(wayBack, now).isAllowed()) return;
        throw new Refused(
                new Refusal.Conflict(
                        "After that you could not change this policy any more: have somebody do it"
                                + " who still can."));
    }

    /// What the cluster begins with, at the first start.
    public void begin(Pen pen) {
        for (var each : StarterPolicies.texts().entrySet()) {
            if (policies.lastVersion(each.getKey()) > 0) continue;
            pen.created(write(pen, Caller.ITSELF, each.getKey(), each.getValue()));
        }
    }

    public PolicySet present() {
        var texts = new TreeMap<String, String>();
        policies.all().forEach(policy -> texts.put(policy.name(), policy.text()));
        return new PolicySet(texts);
    }

    /// What would be decided otherwise with `next` in force.
    public PolicyTrial trial(PolicySet next, List<Question> questions, Instant now) {
        var groups = groups();
        return PolicyTrial.of(
                present().authorizer(groups), next.authorizer(groups), questions, now);
    }

    private Groups groups() {
        var members = new TreeMap<String, SortedSet<String>>();
        memberships.all().forEach(group -> members.put(group.name(), group.members()));
        return Groups.of(members);
    }
}
