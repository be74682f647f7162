package io.meseta.auth.accounts;

import io.meseta.auth.changes.Audited;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Principals that policies speak of together.
///
/// @param version rises with each change; from 1
public record Group(
        String name,
        String description,
        SortedSet<String> members,
        long version,
        Instant createdAt,
        Instant changedAt)
        implements Audited {

    public static final int MEMBERS_MAX = 10_000;

    public Group {
        members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
    }

    Group become(String words, SortedSet<String> others, Instant now) {
        return new Group(name, words, others, version + 1, createdAt, now);
    }

    Group with(String member, Instant now) {
        var more = new TreeSet<>(members);
        more.add(member);
        return become(description, more, now);
    }

    Group without(String member, Instant now) {
        var fewer = new TreeSet<>(members);
        fewer.remove(member);
        return become(description, fewer, now);
    }

    @Override
    public String resource() {
        return "groups/" + name;
    }

    @Override
    public SortedMap<String, Object> facts() {
        return new TreeMap<>(
                Map.of("description", description, "members", members, "version", version));
    }
}
