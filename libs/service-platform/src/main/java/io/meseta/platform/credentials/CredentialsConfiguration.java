package io.meseta.platform.credentials;

import io.meseta.platform.start.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// This service's own token.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuthProperties.class)
public class CredentialsConfiguration {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    @Bean
    OwnToken ownToken(AuthProperties auth, JsonMapper mapper) {
        var clock = InstantSource.system();
        return new OwnToken(source(auth, mapper, clock), clock);
    }

    private static @Nullable TokenSource source(
            AuthProperties auth, JsonMapper mapper, InstantSource clock) {
        if (!auth.isFollower()) return null;
        // Lives as long as the process, and its threads are daemons.
        var http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_MAX)
                        .build();
        var door = new AuthDoor(auth, http, mapper, clock);
        if (auth.joinTokenFile() == null) {
            return new AccountTokens(door, auth.neededPrincipal(), auth.neededSecretFile());
        }
        return new AgentTokens(
                door, auth.neededStateDir(), auth.neededJoinTokenFile(), hostname(auth));
    }

    private static String hostname(AuthProperties auth) {
        return Optional.ofNullable(auth.hostname())
                .filter(name -> !name.isBlank())
                .orElseGet(() -> {
                    try {
                        return InetAddress.getLocalHost().getHostName();
                    } catch (IOException nameless) {
                        throw new StartRefused(
                                "This machine has no name: set meseta.auth.hostname.");
                    }
                });
    }
}
