package io.meseta.auth.wiring;

import io.meseta.auth.accounts.Accounts;
import io.meseta.auth.accounts.AccountsDesk;
import io.meseta.auth.accounts.GroupsDesk;
import io.meseta.auth.accounts.Memberships;
import io.meseta.auth.agents.Agents;
import io.meseta.auth.agents.AgentsDesk;
import io.meseta.auth.agents.JoinTokens;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.keys.KeyMaking;
import io.meseta.auth.keys.Keys;
import io.meseta.auth.keys.KeysDesk;
import io.meseta.auth.limits.Attempts;
import io.meseta.auth.policies.Policies;
import io.meseta.auth.policies.PoliciesDesk;
import io.meseta.auth.revocations.Revocations;
import io.meseta.auth.revocations.RevocationsDesk;
import io.meseta.auth.secrets.Seal;
import io.meseta.auth.secrets.SecretHashes;
import io.meseta.auth.sessions.BrowserSessionsDesk;
import io.meseta.auth.sessions.SessionKeeper;
import io.meseta.auth.sessions.Sessions;
import io.meseta.auth.sessions.SessionsDesk;
import io.meseta.auth.settings.AuthServiceProperties;
import io.meseta.auth.tokens.TokenIssuer;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The desks, which know nothing of Spring.
@Configuration(proxyBeanMethods = false)
class DesksWiring {

    @Bean
    InstantSource time() {
        return InstantSource.system();
    }

    @Bean
    SecretHashes secretHashes() {
        return new SecretHashes();
    }

    @Bean
    Attempts attempts(InstantSource time, AuthServiceProperties properties) {
        return new Attempts(time, properties.limits().guesses());
    }

    @Bean
    AccountsDesk accountsDesk(
            Ledger ledger,
            Accounts accounts,
            Memberships memberships,
            Revocations revocations,
            SecretHashes hashes) {
        return new AccountsDesk(ledger, accounts, memberships, revocations, hashes);
    }

    @Bean
    GroupsDesk groupsDesk(Ledger ledger, Accounts accounts, Memberships memberships) {
        return new GroupsDesk(ledger, accounts, memberships);
    }

    @Bean
    AgentsDesk agentsDesk(
            Ledger ledger, Agents agents, JoinTokens tokens, Revocations revocations) {
        return new AgentsDesk(ledger, agents, tokens, revocations);
    }

    @Bean
    PoliciesDesk policiesDesk(Ledger ledger, Policies policies, Memberships memberships) {
        return new PoliciesDesk(ledger, policies, memberships);
    }

    @Bean
    RevocationsDesk revocationsDesk(
            Ledger ledger, Revocations revocations, AuthServiceProperties properties) {
        return new RevocationsDesk(ledger, revocations, properties.lifetimes().longestToken());
    }

    @Bean
    KeysDesk keysDesk(Ledger ledger, Keys keys, Seal seal, AuthServiceProperties properties) {
        var lifetimes = properties.lifetimes();
        var terms =
                new KeysDesk.Terms(
                        lifetimes.keyAnnouncement(), lifetimes.longestToken(), lifetimes.bundle());
        return new KeysDesk(ledger, keys, new KeyMaking(seal), terms);
    }

    @Bean
    TokenIssuer tokenIssuer(
            KeysDesk keys,
            Revocations revocations,
            InstantSource time,
            AuthServiceProperties properties) {
        return new TokenIssuer(
                keys, revocations, time, properties.issuer(), properties.lifetimes());
    }

    @Bean
    SessionKeeper sessionKeeper(
            Sessions sessions,
            Accounts accounts,
            Revocations revocations,
            SecretHashes hashes,
            TokenIssuer issuer,
            AuthServiceProperties properties) {
        var lifetime = properties.lifetimes().session();
        return new SessionKeeper(sessions, accounts, revocations, hashes, issuer, lifetime);
    }

    @Bean
    SessionsDesk sessionsDesk(Ledger ledger, Sessions sessions, SessionKeeper keeper) {
        return new SessionsDesk(ledger, sessions, keeper);
    }

    @Bean
    BrowserSessionsDesk browserSessionsDesk(
            Ledger ledger,
            Sessions sessions,
            SessionKeeper keeper,
            AuthServiceProperties properties) {
        var idleMax = properties.lifetimes().sessionIdle();
        return new BrowserSessionsDesk(ledger, sessions, keeper, idleMax);
    }
}
