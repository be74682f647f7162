package io.meseta.authorization;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which principals are in which group, as the auth-service says.
public final class Groups {

    public static final Groups NONE = new Groups(Map.of());

    private final SortedMap<String, SortedSet<String>> members;
    private final SortedMap<String, SortedSet<String>> byPrincipal;

    private Groups(Map<String, ? extends Iterable<String>> members) {
        var groups = new TreeMap<String, SortedSet<String>>();
        var principals = new TreeMap<String, SortedSet<String>>();
        members.forEach((group, names) -> {
            var own = groups.computeIfAbsent(group, _ -> new TreeSet<>());
            for (var name : names) {
                own.add(name);
                principals.computeIfAbsent(name, _ -> new TreeSet<>()).add(group);
            }
        });
        this.members = frozen(groups);
        this.byPrincipal = frozen(principals);
    }

    /// From each group's name to its members.
    public static Groups of(Map<String, ? extends Iterable<String>> members) {
        return new Groups(members);
    }

    public SortedMap<String, SortedSet<String>> members() {
        return members;
    }

    /// The subject with the groups it is in by name. Nobody's groups are nobody's.
    public Subject complete(Subject subject) {
        if (!subject.isAuthenticated()) return subject;
        var known = byPrincipal.get(subject.principal());
        if (known == null || subject.groups().containsAll(known)) return subject;
        return subject.inGroups(known);
    }

    private static SortedMap<String, SortedSet<String>> frozen(
            SortedMap<String, SortedSet<String>> map) {
        map.replaceAll((_, names) -> Collections.unmodifiableSortedSet(names));
        return Collections.unmodifiableSortedMap(map);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Groups that && members.equals(that.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return members.toString();
    }
}
