package io.meseta.auth.accounts;

import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Expected;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.changes.Ledger.Pen;
import io.meseta.auth.changes.Names;
import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import io.meseta.authorization.starter.StarterPolicies;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/// Changes groups.
public final class GroupsDesk {

    private final Ledger ledger;
    private final Accounts accounts;
    private final Memberships memberships;
    private final Administrators administrators;

    public GroupsDesk(Ledger ledger, Accounts accounts, Memberships memberships) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.memberships = memberships;
        this.administrators = new Administrators(accounts, memberships);
    }

    /// What a caller says of a group.
    public record Draft(String name, String description, Collection<String> members) {

        public Draft {
            Names.group(name);
            Names.description(description);
            if (members.size() > Group.MEMBERS_MAX) {
                throw new Refused(new Refusal.TooMany("members of a group", Group.MEMBERS_MAX));
            }
            members = new TreeSet<>(members);
        }
    }

    public Group find(String name) {
        return memberships
                .find(name)
                .orElseThrow(() -> new Refused(new Refusal.Unknown("group", name)));
    }

    public Group create(Caller by, Draft draft) {
        return ledger.change(by, pen -> create(pen, draft));
    }

    private Group create(Pen pen, Draft draft) {
        if (memberships.find(draft.name()).isPresent()) {
            throw new Refused(new Refusal.Exists("group", draft.name()));
        }
        if (memberships.count() >= Memberships.MAX) {
            throw new Refused(new Refusal.TooMany("groups", Memberships.MAX));
        }
        checkMembers(draft.members());
        var members = new TreeSet<>(draft.members());
        var made = new Group(draft.name(), draft.description(), members, 1, pen.now(), pen.now());
        memberships.save(made);
        pen.created(made);
        return made;
    }

    public Group change(Caller by, Expected expected, Draft draft) {
        return ledger.change(
                by,
                pen -> {
                    var before = find(draft.name());
                    expected.check(before.version());
                    var newcomers = new TreeSet<>(draft.members());
                    newcomers.removeAll(before.members());
                    checkMembers(newcomers);
                    var members = new TreeSet<>(draft.members());
                    var after = before.become(draft.description(), members, pen.now());
                    memberships.save(after);
                    pen.changed(before, after);
                    if (isOfAdministrators(after)) administrators.check();
                    return after;
                });
    }

    /// For the first start: the group with one more member, made if it is not there.
    public void join(Pen pen, String name, String member) {
        var known = memberships.find(name);
        if (known.isEmpty()) {
            create(pen, new Draft(name, "", new TreeSet<>(Set.of(member))));
            return;
        }
        var after = known.get().with(member, pen.now());
        memberships.save(after);
        pen.changed(known.get(), after);
    }

    public void delete(Caller by, Expected expected, String name) {
        ledger.<Boolean>change(
                by,
                pen -> {
                    var group = find(name);
                    expected.check(group.version());
                    memberships.remove(name);
                    pen.deleted(group);
                    if (isOfAdministrators(group)) administrators.check();
                    return true;
                });
    }

    private static boolean isOfAdministrators(Group group) {
        return group.name().equals(StarterPolicies.ADMINISTRATORS);
    }

    private void checkMembers(Collection<String> members) {
        var strangers = new TreeSet<>(members);
        strangers.removeIf(Names::isAgent);
        strangers.removeAll(accounts.known(strangers));
        if (strangers.isEmpty()) return;
        throw Refused.invalid(
                "A group's members are users, service accounts and agents; there is no '%s'."
                        .formatted(printable(strangers.first())));
    }

    private static String printable(String name) {
        var dull = name.replaceAll("[^\\x20-\\x7e]", "?");
        return dull.length() > 128 ? dull.substring(0, 128) : dull;
    }
}
