package io.meseta.authorization.policy;

import io.meseta.authorization.Subject;
import io.meseta.authorization.SubjectKind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which subjects a rule is about.
public sealed interface Who {

    Who EVERYONE = new Everyone();
    Who AUTHENTICATED = new Authenticated();

    /// Whether the subject is meant; its groups must be complete.
    boolean includes(Subject subject);

    /// Also those who have not said who they are.
    record Everyone() implements Who {
        @Override
        public boolean includes(Subject subject) {
            return true;
        }
    }

    /// All who have an identity.
    record Authenticated() implements Who {
        @Override
        public boolean includes(Subject subject) {
            return subject.isAuthenticated();
        }
    }

    /// Those who are one of the principals or in one of the groups, and of one of the kinds. What
    /// is left empty asks for nothing.
    record Some(List<NamePattern> principals, SortedSet<String> groups, Set<SubjectKind> kinds)
            implements Who {

        public Some {
            if (principals.isEmpty() && groups.isEmpty() && kinds.isEmpty()) {
                throw new IllegalArgumentException("Some must say who");
            }
            principals = List.copyOf(principals);
            groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
            var copy = EnumSet.noneOf(SubjectKind.class);
            copy.addAll(kinds);
            kinds = Collections.unmodifiableSet(copy);
        }

        @Override
        public boolean includes(Subject subject) {
            if (!kinds.isEmpty() && !kinds.contains(subject.kind())) return false;
            if (principals.isEmpty() && groups.isEmpty()) return true;
            if (!subject.isAuthenticated()) return false;
            for (var principal : principals) {
                if (principal.matches(subject.principal())) return true;
            }
            for (var group : groups) {
                if (subject.groups().contains(group)) return true;
            }
            return false;
        }
    }

    static Who principals(String... names) {
        return new Some(
                List.of(names).stream().map(NamePattern::exactly).toList(),
                new TreeSet<>(),
                Set.of());
    }

    static Who groups(String... names) {
        return new Some(List.of(), new TreeSet<>(List.of(names)), Set.of());
    }
}
