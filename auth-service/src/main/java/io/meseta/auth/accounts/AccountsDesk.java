package io.meseta.auth.accounts;

import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Expected;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.changes.Ledger.Pen;
import io.meseta.auth.changes.Names;
import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import io.meseta.auth.revocations.Revocations;
import io.meseta.auth.revocations.RevocationsDesk;
import io.meseta.auth.secrets.RandomText;
import io.meseta.auth.secrets.SecretHashes;
import io.meseta.authorization.SubjectKind;
import java.util.List;
import java.util.function.BiFunction;

/// Changes users and service accounts.
public final class AccountsDesk {

    private static final int PASSWORD_MIN = 12;
    private static final int PASSWORD_MAX = 256;

    private final Ledger ledger;
    private final Accounts accounts;
    private final Memberships memberships;
    private final Revocations revocations;
    private final SecretHashes hashes;
    private final Administrators administrators;

    public AccountsDesk(
            Ledger ledger,
            Accounts accounts,
            Memberships memberships,
            Revocations revocations,
            SecretHashes hashes) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.memberships = memberships;
        this.revocations = revocations;
        this.hashes = hashes;
        this.administrators = new Administrators(accounts, memberships);
    }

    /// @param secret said once, here; it is kept nowhere
    public record Issued(Account account, String secretId, String secret) {

        /// Hides the secret: texts end up in logs.
        @Override
        public String toString() {
            return "Issued[account=%s, secretId=%s]".formatted(account.name(), secretId);
        }
    }

    public Account createUser(Caller by, String name, String description, String password) {
        var hash = hashes.hash(acceptable(password));
        return ledger.change(by, pen -> create(pen, SubjectKind.USER, name, description, hash));
    }

    public Issued createServiceAccount(Caller by, String name, String description) {
        var secret = RandomText.secret();
        var hash = hashes.hash(secret);
        return ledger.change(
                by,
                pen -> {
                    var made = create(pen, SubjectKind.SERVICE_ACCOUNT, name, description, hash);
                    return new Issued(made, made.secrets().getFirst().id(), secret);
                });
    }

    /// Also for the first start, where the hash is all there is.
    public Account create(Pen pen, SubjectKind kind, String name, String description, String hash) {
        Names.account(name);
        if (accounts.find(name).isPresent())
            throw new Refused(new Refusal.Exists("principal", name));
        if (accounts.count() >= Accounts.MAX) {
            throw new Refused(new Refusal.TooMany("accounts", Accounts.MAX));
        }
        var secret = new Secret(RandomText.id(), hash, pen.now());
        var words = Names.description(description);
        var made = Account.first(name, kind, words, secret, pen.now());
        accounts.save(made);
        // One of the same name may have been deleted a moment ago.
        if (kind == SubjectKind.USER) revocations.voidBefore(name, pen.now());
        pen.created(made);
        return made;
    }

    public Account find(SubjectKind kind, String name) {
        return accounts.find(name)
                .filter(account -> account.kind() == kind)
                .orElseThrow(() -> new Refused(new Refusal.Unknown(noun(kind), name)));
    }

    public Account change(
            Caller by, Account seen, Expected expected, String description, boolean isLocked) {
        Names.description(description);
        return changed(
                by,
                seen,
                expected,
                (pen, account) -> {
                    if (isLocked && !account.isLocked()) end(pen, account);
                    return account.changed(description, isLocked, pen.now());
                });
    }

    /// A new password ends all that the old one began.
    public Account setPassword(Caller by, Account seen, Expected expected, String password) {
        var hash = hashes.hash(acceptable(password));
        return changed(
                by,
                seen,
                expected,
                (pen, account) -> {
                    end(pen, account);
                    var secret = new Secret(RandomText.id(), hash, pen.now());
                    return account.withSecrets(List.of(secret), pen.now());
                });
    }

    /// The user's own change of password, who must know the old one.
    public Account exchangePassword(Caller by, String name, String old, String password) {
        var user = find(SubjectKind.USER, name);
        if (!hashes.matches(old, user.hashes(), 1)) throw new Refused(new Refusal.WrongSecret());
        return setPassword(by, user, Expected.of(user.version()), password);
    }

    public Issued addSecret(Caller by, Account seen) {
        var plain = RandomText.secret();
        var secretId = RandomText.id();
        var hash = hashes.hash(plain);
        var after =
                changed(
                        by,
                        seen,
                        Expected.ANY,
                        (pen, account) ->
                                account.alsoKnownBy(
                                        new Secret(secretId, hash, pen.now()), pen.now()));
        return new Issued(after, secretId, plain);
    }

    /// What was given for the secret goes too, since nobody knows for which secret it was given.
    public Account removeSecret(Caller by, Account seen, String secretId) {
        return changed(
                by,
                seen,
                Expected.ANY,
                (pen, account) -> {
                    end(pen, account);
                    return account.withoutSecret(secretId, pen.now());
                });
    }

    public void delete(Caller by, Account seen, Expected expected) {
        ledger.<Boolean>change(
                by,
                pen -> {
                    var account = find(seen.kind(), seen.name());
                    expected.check(account.version());
                    for (var group : memberships.of(account.name())) {
                        var without = group.without(account.name(), pen.now());
                        memberships.save(without);
                        pen.changed(group, without);
                    }
                    accounts.remove(account.name());
                    end(pen, account);
                    pen.deleted(account);
                    administrators.check();
                    return true;
                });
    }

    private Account changed(
            Caller by, Account seen, Expected expected, BiFunction<Pen, Account, Account> step) {
        return ledger.change(
                by,
                pen -> {
                    var before = find(seen.kind(), seen.name());
                    expected.check(before.version());
                    var after = step.apply(pen, before);
                    accounts.save(after);
                    pen.changed(before, after);
                    if (before.isUsable() && !after.isUsable()) administrators.check();
                    return after;
                });
    }

    private void end(Pen pen, Account account) {
        revocations.voidBefore(account.name(), RevocationsDesk.nextSecond(pen.now()));
    }

    private static String acceptable(String password) {
        if (password.length() >= PASSWORD_MIN && password.length() <= PASSWORD_MAX) return password;
        throw Refused.invalid(
                "A password has %d to %d characters.".formatted(PASSWORD_MIN, PASSWORD_MAX));
    }

    private static String noun(SubjectKind kind) {
        return kind == SubjectKind.USER ? "user" : "service account";
    }
}
