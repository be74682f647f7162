package io.meseta.auth.tokens;

import io.meseta.auth.accounts.Accounts;
import io.meseta.auth.agents.AgentsDesk;
import io.meseta.auth.changes.Names;
import io.meseta.auth.keys.KeysDesk;
import io.meseta.auth.limits.Attempts;
import io.meseta.auth.secrets.SecretHashes;
import io.meseta.auth.settings.AuthServiceProperties;
import io.meseta.authorization.SubjectKind;
import io.meseta.platform.access.CallerAddress;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.authentication.builders.AuthenticationManagerBuilder;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2ClientAuthenticationConfigurer;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretBasicAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.JwtClientAssertionAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;

/// The OAuth 2 door: Spring's authorization server with our clients, our tokens, and one grant.
@Configuration(proxyBeanMethods = false)
public class TokensConfiguration {

    @Bean
    Clients clients(Accounts accounts, AgentsDesk agents) {
        return new Clients(accounts, agents);
    }

    @Bean
    NoMemory authorizations() {
        return new NoMemory();
    }

    @Bean
    AuthorizationServerSettings authorizationServer(AuthServiceProperties properties) {
        return AuthorizationServerSettings.builder()
                .issuer(properties.issuer())
                .tokenEndpoint(AssertionCheck.TOKEN_PATH)
                .build();
    }

    @Bean
    AssertionCheck assertionCheck(
            AgentsDesk agents,
            Assertions used,
            InstantSource time,
            AuthServiceProperties properties) {
        return new AssertionCheck(agents, used, time, properties.addresses());
    }

    /// The two ways in which a client may prove itself.
    record Proofs(AuthenticationProvider bySecret, AuthenticationProvider byAssertion) {}

    @Bean
    Proofs proofs(
            Clients clients,
            NoMemory authorizations,
            SecretHashes hashes,
            AssertionCheck assertions) {
        var bySecret = new ClientSecretAuthenticationProvider(clients, authorizations);
        bySecret.setPasswordEncoder(new ClientSecrets(hashes));
        var byAssertion = new JwtClientAssertionAuthenticationProvider(clients, authorizations);
        byAssertion.setJwtDecoderFactory(assertions);
        return new Proofs(bySecret, byAssertion);
    }

    /// Before the platform's chain, which takes all other paths.
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain tokenEndpoint(
            HttpSecurity http,
            Proofs proofs,
            TokenIssuer issuer,
            Attempts attempts,
            CallerAddress addresses) {
        // Whoever fails here must not be asked for elsewhere: that failure would hide ours.
        http.getSharedObject(AuthenticationManagerBuilder.class)
                .parentAuthenticationManager(_ -> {
                    throw new ProviderNotFoundException("clients prove themselves here");
                });
        return http.securityMatcher(AssertionCheck.TOKEN_PATH)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .oauth2AuthorizationServer(server ->
                        server.tokenGenerator(generator(issuer))
                                .clientAuthentication(door -> only(door, proofs)))
                .addFilterBefore(
                        new AttemptsFilter(attempts, addresses), SecurityContextHolderFilter.class)
                .build();
    }

    /// Two ways to prove oneself, and none of the others that Spring knows.
    private static void only(OAuth2ClientAuthenticationConfigurer door, Proofs proofs) {
        door.authenticationConverters(
                        converters -> {
                            converters.clear();
                            converters.add(new JwtClientAssertionAuthenticationConverter());
                            converters.add(new ClientSecretBasicAuthenticationConverter());
                        })
                .authenticationProviders(known -> {
                    known.clear();
                    known.add(proofs.bySecret());
                    known.add(proofs.byAssertion());
                });
    }

    private static OAuth2TokenGenerator<OAuth2AccessToken> generator(TokenIssuer issuer) {
        return context -> {
            var name = context.getRegisteredClient().getClientId();
            var kind =
                    name.startsWith(Names.AGENT_PREFIX)
                            ? SubjectKind.AGENT
                            : SubjectKind.SERVICE_ACCOUNT;
            var token = issuer.issue(kind, name);
            return new OAuth2AccessToken(
                    OAuth2AccessToken.TokenType.BEARER,
                    token.value(),
                    token.issuedAt(),
                    token.expiresAt(),
                    Set.of());
        };
    }

    @Bean
    DiscoveryController discoveryController(
            KeysDesk keys, InstantSource time, AuthServiceProperties properties) {
        return new DiscoveryController(keys, time, properties.issuer());
    }
}
