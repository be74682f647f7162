package io.meseta.auth.accounts;

import java.util.List;
import java.util.Optional;

/// All groups.
public interface Memberships {

    int MAX = 10_000;

    Optional<Group> find(String name);

    List<Group> all();

    List<Group> of(String member);

    List<Group> page(String after, int limit);

    long count();

    void save(Group group);

    void remove(String name);
}
