package io.meseta.auth.bootstrap;

import io.meseta.auth.accounts.Accounts;
import io.meseta.auth.accounts.AccountsDesk;
import io.meseta.auth.accounts.GroupsDesk;
import io.meseta.auth.agents.AgentsDesk;
import io.meseta.auth.agents.JoinToken;
import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.changes.Ledger.Pen;
import io.meseta.auth.changes.Refused;
import io.meseta.auth.keys.KeysDesk;
import io.meseta.auth.keys.Purpose;
import io.meseta.auth.keys.SigningKey;
import io.meseta.auth.policies.PoliciesDesk;
import io.meseta.auth.secrets.SecretFile;
import io.meseta.authorization.SubjectKind;
import io.meseta.authorization.starter.StarterPolicies;
import io.meseta.platform.start.StartRefused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Makes what must be there before anybody can ask for it. Several processes may start at once: the
/// ledger lets one of them do it.
public final class Bootstrap {

    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    /// A token in the file says how long it is good for, not how often.
    private static final int JOIN_USES = JoinToken.USES_MAX;

    private final Ledger ledger;
    private final Accounts accounts;
    private final Desks desks;
    private final JsonMapper mapper;

    /// Who does the work.
    public record Desks(
            AccountsDesk accounts,
            GroupsDesk groups,
            AgentsDesk agents,
            PoliciesDesk policies,
            KeysDesk keys) {}

    public Bootstrap(Ledger ledger, Accounts accounts, Desks desks, JsonMapper mapper) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.desks = desks;
        this.mapper = mapper;
    }

    /// @param file what `meseta.auth.bootstrap` names
    /// @param bundleKey what `meseta.auth.bundle-key-file` names
    public Begun begin(Optional<SecretFile> file, Optional<SecretFile> bundleKey) {
        if (!desks.keys().opensAll()) {
            throw new StartRefused(
                    "The seal (meseta.auth.seal-file) is not the one that this database's keys were"
                            + " sealed with: give that one, or another database.");
        }
        return ledger.change(
                Caller.ITSELF,
                pen -> {
                    beginKeys(pen, bundleKey);
                    desks.policies().begin(pen);
                    if (accounts.count() > 0) return new Begun(false);
                    var content = file.map(this::read).orElseThrow(Bootstrap::nobody);
                    try {
                        people(pen, content);
                    } catch (Refused refused) {
                        throw file.get().refused("can't be used: " + refused.getMessage());
                    }
                    LOG.atInfo()
                            .addKeyValue("service_accounts", content.accounts().size())
                            .log("The first administrator and service accounts have been made");
                    return new Begun(true);
                });
    }

    /// In open mode nobody need be known.
    public Begun beginOpen() {
        return ledger.change(
                Caller.ITSELF,
                pen -> {
                    var key = desks.keys().making().make(Purpose.BUNDLE, pen.now(), pen.now());
                    desks.keys().begin(pen, Optional.of(key));
                    desks.policies().begin(pen);
                    return new Begun(false);
                });
    }

    private void beginKeys(Pen pen, Optional<SecretFile> bundleKey) {
        if (!desks.keys().ring(Purpose.BUNDLE).keys().isEmpty()) {
            desks.keys().begin(pen, Optional.empty());
            return;
        }
        desks.keys().begin(pen, bundleKey.map(file -> read(file, pen.now())));
        if (desks.keys().ring(Purpose.BUNDLE).keys().isEmpty()) {
            throw new StartRefused(
                    "This is the first start with this database, and there is no key to sign"
                            + " bundles with: name one with --meseta.auth.bundle-key-file (Ed25519,"
                            + " PKCS #8, PEM).");
        }
    }

    private SigningKey read(SecretFile file, Instant now) {
        return desks.keys()
                .making()
                .read(file.text(), now)
                .orElseThrow(() -> file.refused("must hold an Ed25519 key, PKCS #8 in PEM"));
    }

    private BootstrapFile read(SecretFile file) {
        try {
            var content = mapper.readValue(file.text(), BootstrapFile.class);
            content.problem()
                    .ifPresent(problem -> {
                        throw file.refused(problem);
                    });
            return content;
        } catch (JacksonException malformed) {
            var at = malformed.getLocation();
            var where = at == null ? "" : " (line %d)".formatted(at.getLineNr());
            throw file.refused("is not the JSON that it should be" + where);
        }
    }

    private static StartRefused nobody() {
        return new StartRefused(
                "The database is empty, so nobody could sign in: name a file with the first"
                        + " administrator with --meseta.auth.bootstrap, or start with"
                        + " --meseta.open=true.");
    }

    private void people(Pen pen, BootstrapFile content) {
        var first = content.administrator();
        if (first == null || first.name() == null || first.passwordHash() == null) throw nobody();
        account(pen, SubjectKind.USER, first.name(), first.passwordHash());
        desks.groups().join(pen, StarterPolicies.ADMINISTRATORS, first.name());
        for (var each : content.accounts()) {
            if (each.name() == null || each.secretHash() == null) continue;
            account(pen, SubjectKind.SERVICE_ACCOUNT, each.name(), each.secretHash());
            var groups = each.groups() == null ? List.<String>of() : each.groups();
            for (var group : groups) desks.groups().join(pen, group, each.name());
        }
        for (var each : content.tokens()) {
            var expiry = BootstrapFile.expiry(each);
            if (each.hash() == null || expiry.isEmpty()) continue;
            desks.agents().add(pen, each.hash(), "from the first start", JOIN_USES, expiry.get());
        }
    }

    private void account(Pen pen, SubjectKind kind, String name, String hash) {
        desks.accounts().create(pen, kind, name, "from the first start", hash);
    }
}
