package io.meseta.auth.accounts.persistence;

import io.meseta.auth.accounts.Account;
import io.meseta.auth.accounts.Accounts;
import io.meseta.auth.accounts.Secret;
import io.meseta.authorization.SubjectKind;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.data.domain.Limit;

/// Accounts in the database.
final class DatabaseAccounts implements Accounts {

    private final AccountRows rows;
    private final SecretRows secrets;

    DatabaseAccounts(AccountRows rows, SecretRows secrets) {
        this.rows = rows;
        this.secrets = secrets;
    }

    @Override
    public Optional<Account> find(String name) {
        return rows.findById(name)
                .map(row ->
                        row.toAccount(
                                secrets.findByAccountOrderByCreatedAt(name).stream()
                                        .map(SecretRow::toSecret)
                                        .toList()));
    }

    @Override
    public List<Account> all() {
        return joined(rows.findAll(), secrets.findAllByOrderByCreatedAt());
    }

    @Override
    public List<Account> page(SubjectKind kind, String after, int limit) {
        var found =
                rows.findByKindAndNameGreaterThanOrderByName(kind.text(), after, Limit.of(limit));
        var names = found.stream().map(AccountRow::name).toList();
        return joined(found, secrets.findByAccountInOrderByCreatedAt(names));
    }

    private static List<Account> joined(List<AccountRow> accounts, List<SecretRow> secrets) {
        Map<String, List<Secret>> byAccount =
                secrets.stream()
                        .collect(
                                Collectors.groupingBy(
                                        SecretRow::account,
                                        Collectors.mapping(
                                                SecretRow::toSecret, Collectors.toList())));
        return accounts.stream()
                .map(row -> row.toAccount(byAccount.getOrDefault(row.name(), List.of())))
                .toList();
    }

    @Override
    public Set<String> known(Collection<String> names) {
        return names.isEmpty() ? Set.of() : rows.known(names);
    }

    @Override
    public long count() {
        return rows.count();
    }

    @Override
    public void save(Account account) {
        rows.saveAndFlush(AccountRow.of(account));
        var kept = new HashSet<String>();
        for (var secret : account.secrets()) {
            secrets.save(SecretRow.of(account.name(), secret));
            kept.add(secret.id());
        }
        secrets.findByAccountOrderByCreatedAt(account.name()).stream()
                .filter(row -> !kept.contains(row.id()))
                .forEach(secrets::delete);
    }

    @Override
    public void remove(String name) {
        secrets.deleteAll(secrets.findByAccountOrderByCreatedAt(name));
        rows.deleteById(name);
    }
}
