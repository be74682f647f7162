package io.meseta.auth.accounts;

import io.meseta.auth.changes.Audited;
import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import io.meseta.authorization.SubjectKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A principal that proves itself by a secret: a user by a password, a service account by one or,
/// while it is exchanged, two long secrets.
///
/// @param kind [SubjectKind#USER] or [SubjectKind#SERVICE_ACCOUNT]
/// @param isLocked whether it may do nothing for the time being
/// @param version rises with each change; from 1
public record Account(
        String name,
        SubjectKind kind,
        String description,
        boolean isLocked,
        List<Secret> secrets,
        long version,
        Instant createdAt,
        Instant changedAt)
        implements Audited {

    /// The one in use and the next one.
    public static final int SECRETS_MAX = 2;

    public Account {
        if (kind != SubjectKind.USER && kind != SubjectKind.SERVICE_ACCOUNT) {
            throw new IllegalArgumentException("not an account's kind: " + kind);
        }
        secrets = List.copyOf(secrets);
    }

    static Account first(
            String name, SubjectKind kind, String description, Secret secret, Instant now) {
        return new Account(name, kind, description, false, List.of(secret), 1, now, now);
    }

    boolean isUser() {
        return kind == SubjectKind.USER;
    }

    /// Whether it can prove itself to anybody now.
    public boolean isUsable() {
        return !isLocked && !secrets.isEmpty();
    }

    public List<String> hashes() {
        return isLocked ? List.of() : secrets.stream().map(Secret::hash).toList();
    }

    Account changed(String words, boolean nowLocked, Instant now) {
        return new Account(name, kind, words, nowLocked, secrets, version + 1, createdAt, now);
    }

    Account withSecrets(List<Secret> others, Instant now) {
        return new Account(name, kind, description, isLocked, others, version + 1, createdAt, now);
    }

    Account alsoKnownBy(Secret secret, Instant now) {
        if (secrets.size() >= SECRETS_MAX) {
            throw new Refused(new Refusal.TooMany("secrets of an account", SECRETS_MAX));
        }
        var more = new ArrayList<>(secrets);
        more.add(secret);
        return withSecrets(more, now);
    }

    Account withoutSecret(String id, Instant now) {
        var others = secrets.stream().filter(each -> !each.id().equals(id)).toList();
        if (others.size() == secrets.size()) throw new Refused(new Refusal.Unknown("secret", id));
        return withSecrets(others, now);
    }

    @Override
    public String resource() {
        return (isUser() ? "users/" : "service-accounts/") + name;
    }

    @Override
    public SortedMap<String, Object> facts() {
        var facts = new TreeMap<String, Object>();
        facts.put("description", description);
        facts.put("locked", isLocked);
        facts.put("secrets", secrets.stream().map(Secret::id).toList());
        facts.put("version", version);
        return facts;
    }
}
