package io.meseta.authorization;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who asks, as the door that authenticated them believes.
///
/// @param principal empty exactly if nobody has been authenticated
/// @param groups those that the caller's credential names; those of the bundle are added later
/// @param claims what else the credential says; policies may ask for them in conditions
public record Subject(
        String principal,
        SubjectKind kind,
        SortedSet<String> groups,
        SortedMap<String, String> claims) {

    /// A caller without any identity.
    public static final Subject ANONYMOUS =
            new Subject("", SubjectKind.ANONYMOUS, new TreeSet<>(), new TreeMap<>());

    public Subject {
        if (principal.isEmpty() != (kind == SubjectKind.ANONYMOUS)) {
            throw new IllegalArgumentException("Exactly the anonymous subject has no principal");
        }
        if (principal.isEmpty() && !groups.isEmpty()) {
            throw new IllegalArgumentException("The anonymous subject is in no group");
        }
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
        claims = Collections.unmodifiableSortedMap(new TreeMap<>(claims));
    }

    public static Subject of(SubjectKind kind, String principal) {
        return new Subject(principal, kind, new TreeSet<>(), new TreeMap<>());
    }

    public static Subject user(String principal) {
        return of(SubjectKind.USER, principal);
    }

    public Subject inGroups(String... names) {
        return inGroups(List.of(names));
    }

    /// The same subject, also in these groups.
    public Subject inGroups(Collection<String> names) {
        var more = new TreeSet<>(groups);
        more.addAll(names);
        return new Subject(principal, kind, more, claims);
    }

    /// The same subject with these claims besides its own.
    public Subject claiming(Map<String, String> further) {
        var more = new TreeMap<>(claims);
        more.putAll(further);
        return new Subject(principal, kind, groups, more);
    }

    public boolean isAuthenticated() {
        return kind != SubjectKind.ANONYMOUS;
    }

    /// How a reason speaks of the subject.
    public String describe() {
        return isAuthenticated() ? "'" + principal + "'" : "an anonymous caller";
    }
}
