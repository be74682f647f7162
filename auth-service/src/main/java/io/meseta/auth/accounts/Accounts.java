package io.meseta.auth.accounts;

import io.meseta.authorization.SubjectKind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All users and service accounts.
public interface Accounts {

    int MAX = 100_000;

    Optional<Account> find(String name);

    List<Account> all();

    /// Those of one kind whose names come after `after`, in the order of names.
    List<Account> page(SubjectKind kind, String after, int limit);

    /// Those of `names` that there are.
    Set<String> known(Collection<String> names);

    long count();

    void save(Account account);

    void remove(String name);
}
