package io.meseta.auth.tokens;

import io.meseta.auth.accounts.Account;
import io.meseta.auth.accounts.Accounts;
import io.meseta.auth.agents.AgentsDesk;
import io.meseta.auth.changes.Names;
import io.meseta.authorization.SubjectKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;

/// Service accounts and agents as the clients of OAuth 2 that they are.
///
/// Nobody learns here who exists: a name that is none gets a client whose secret nobody has.
final class Clients implements RegisteredClientRepository {

    private final Accounts accounts;
    private final AgentsDesk agents;

    Clients(Accounts accounts, AgentsDesk agents) {
        this.accounts = accounts;
        this.agents = agents;
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("clients are made through the API of accounts");
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String name) {
        if (name.startsWith(Names.AGENT_PREFIX)) {
            return agents.welcome(name).isPresent() ? agent(name) : null;
        }
        var hashes =
                accounts.find(name)
                        .filter(account -> account.kind() == SubjectKind.SERVICE_ACCOUNT)
                        .map(Account::hashes)
                        .orElse(List.of());
        return client(name)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientSecret(ClientSecrets.together(hashes))
                .build();
    }

    private static RegisteredClient agent(String name) {
        return client(name)
                .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .clientSettings(
                        ClientSettings.builder()
                                .tokenEndpointAuthenticationSigningAlgorithm(
                                        SignatureAlgorithm.ES256)
                                .build())
                .build();
    }

    private static RegisteredClient.Builder client(String name) {
        return RegisteredClient.withId(name)
                .clientId(name)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS);
    }
}
