package io.meseta.platform.credentials;

import io.meseta.platform.start.StartRefused;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How a service knows callers, and how it is known itself (decision 0011).
///
/// Which of them must be there, the start-up checks before anything is opened.
///
/// @param url where the auth-service answers: `http://host:port`, or the gateway's
/// @param trustFile the first keys whose bundles are believed
/// @param principal this service's account
/// @param secretFile the account's secret
/// @param joinTokenFile an agent's, in place of an account; not needed once it has joined
/// @param stateDir where bundles and keys outlive a restart
/// @param hostname what an agent calls its machine when it joins; the machine's name if unset
/// @param authority set by the service that makes the bundles and so needs nobody else's
@ConfigurationProperties("meseta.auth")
public record AuthProperties(
        @Nullable URI url,
        @Nullable Path trustFile,
        @Nullable String principal,
        @Nullable Path secretFile,
        @Nullable Path joinTokenFile,
        @Nullable Path stateDir,
        @Nullable String hostname,
        @DefaultValue("false") boolean authority) {

    private static final String PREFIX = "meseta.auth.";

    /// Whether bundles come from another service.
    public boolean isFollower() {
        return !authority && url != null;
    }

    /// An address below the auth-service's.
    ///
    /// @param path begins with a slash
    public URI at(String path) {
        return URI.create(needed(url, "url").toString().replaceFirst("/+$", "") + path);
    }

    public Path neededTrustFile() {
        return needed(trustFile, "trust-file");
    }

    public Path neededStateDir() {
        return needed(stateDir, "state-dir");
    }

    String neededPrincipal() {
        return needed(principal, "principal");
    }

    Path neededSecretFile() {
        return needed(secretFile, "secret-file");
    }

    Path neededJoinTokenFile() {
        return needed(joinTokenFile, "join-token-file");
    }

    private static <T> T needed(@Nullable T value, String name) {
        if (value == null) throw new StartRefused("Set " + PREFIX + name + ".");
        return Objects.requireNonNull(value);
    }
}
