package io.meseta.auth.agents;

import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Expected;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.changes.Ledger.Pen;
import io.meseta.auth.changes.Names;
import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import io.meseta.auth.revocations.Revocations;
import io.meseta.auth.revocations.RevocationsDesk;
import io.meseta.auth.secrets.Digest;
import io.meseta.auth.secrets.RandomText;
import io.meseta.model.Opaque;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lets agents join, and shows them out.
public final class AgentsDesk {

    public static final Duration TOKEN_LIFETIME_MAX = Duration.ofDays(366);

    private static final Pattern HOSTNAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:_-]{0,252})");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int TOKEN_LENGTH_MAX = 512;

    private final Ledger ledger;
    private final Agents agents;
    private final JoinTokens tokens;
    private final Revocations revocations;

    public AgentsDesk(Ledger ledger, Agents agents, JoinTokens tokens, Revocations revocations) {
        this.ledger = ledger;
        this.agents = agents;
        this.tokens = tokens;
        this.revocations = revocations;
    }

    /// @param text said once, here; it is kept nowhere
    public record Issued(JoinToken token, String text) {

        /// Hides the token: texts end up in logs.
        @Override
        public String toString() {
            return "Issued[token=%s]".formatted(token);
        }
    }

    /// Lets a machine in. The same key with the same token gets the same answer again, whatever
    /// became of the token since: the first answer may have been lost.
    ///
    /// @param publicKey as it came, base64 taken off
    public Agent join(Caller by, String joinToken, byte[] publicKey, String hostname) {
        if (!HOSTNAME.matcher(hostname).matches()) {
            throw Refused.invalid("hostname: not the name or address of a machine.");
        }
        var key = AgentKeys.spki(publicKey);
        if (joinToken.length() > TOKEN_LENGTH_MAX) throw new Refused(new Refusal.WrongSecret());
        var token =
                tokens.findByHash(Digest.hex(joinToken))
                        .orElseThrow(() -> new Refused(new Refusal.WrongSecret()));
        return ledger.note(by, pen -> join(pen, token, key, hostname));
    }

    private Agent join(Pen pen, JoinToken token, Opaque key, String hostname) {
        var known = agents.findByKey(key);
        if (known.isPresent()) {
            var isSame = known.get().joinToken().equals(token.id()) && known.get().isWelcome();
            if (!isSame) throw new Refused(new Refusal.WrongSecret());
            return known.get();
        }
        if (agents.count() >= Agent.MAX) {
            throw new Refused(new Refusal.TooMany("agents", Agent.MAX));
        }
        if (!tokens.use(token.id(), pen.now())) throw new Refused(new Refusal.WrongSecret());
        var agent = new Agent(RandomText.id(), hostname, key, token.id(), pen.now(), null, 1);
        agents.save(agent);
        pen.created(agent);
        return agent;
    }

    public Agent find(String id) {
        return agents.find(id).orElseThrow(() -> new Refused(new Refusal.Unknown("agent", id)));
    }

    /// From now on it is a stranger; its key can't join again.
    public Agent revoke(Caller by, String id, Expected expected) {
        return ledger.change(
                by,
                pen -> {
                    var before = find(id);
                    expected.check(before.version());
                    if (!before.isWelcome()) return before;
                    var after = before.revoke(pen.now());
                    agents.save(after);
                    revocations.voidBefore(
                            after.principal(), RevocationsDesk.nextSecond(pen.now()));
                    pen.changed(before, after);
                    return after;
                });
    }

    /// @param lifetime how long machines may join by it
    public Issued issue(Caller by, String description, int uses, Duration lifetime) {
        Names.description(description);
        if (uses < 1 || uses > JoinToken.USES_MAX) {
            throw Refused.invalid("uses: from 1 to %d.".formatted(JoinToken.USES_MAX));
        }
        if (!lifetime.isPositive() || lifetime.compareTo(TOKEN_LIFETIME_MAX) > 0) {
            throw Refused.invalid(
                    "expires_in: from 1 s to %d s.".formatted(TOKEN_LIFETIME_MAX.toSeconds()));
        }
        var text = RandomText.secret();
        return ledger.note(
                by,
                pen -> {
                    var expiresAt = pen.now().plus(lifetime);
                    var made = add(pen, Digest.hex(text), description, uses, expiresAt);
                    return new Issued(made, text);
                });
    }

    /// For the first start too, where the hash is all there is.
    public JoinToken add(Pen pen, String hash, String description, int uses, Instant expiresAt) {
        if (!HASH.matcher(hash).matches()) {
            throw Refused.invalid("A join token's hash is SHA-256 in 64 small hex digits.");
        }
        if (tokens.count() >= JoinToken.MAX) {
            throw new Refused(new Refusal.TooMany("join tokens", JoinToken.MAX));
        }
        var token = new JoinToken(RandomText.id(), hash, description, uses, expiresAt, pen.now());
        tokens.save(token);
        pen.created(token);
        return token;
    }

    public void withdraw(Caller by, String id) {
        ledger.<Boolean>note(
                by,
                pen -> {
                    var token = findToken(id);
                    tokens.remove(id);
                    pen.deleted(token);
                    return true;
                });
    }

    public JoinToken findToken(String id) {
        return tokens.find(id)
                .orElseThrow(() -> new Refused(new Refusal.Unknown("join token", id)));
    }

    /// The agent of this principal, if it is one of ours.
    public Optional<Agent> welcome(String principal) {
        if (!Names.isAgent(principal)) return Optional.empty();
        return agents.find(principal.substring(Names.AGENT_PREFIX.length()))
                .filter(Agent::isWelcome);
    }
}
