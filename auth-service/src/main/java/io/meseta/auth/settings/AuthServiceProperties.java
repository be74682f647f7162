package io.meseta.auth.settings;

import io.meseta.platform.limits.GuessLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What can be set about the auth-service, beside what all services share.
///
/// @param bootstrap whom the first start makes; needed with an empty database
/// @param sealFile the 32 bytes that seal private keys in the database
/// @param bundleKeyFile the first bundle key, PKCS #8 in PEM; needed at the first start
/// @param issuer what tokens name as theirs; the same for all processes, and for ever
/// @param addresses where agents reach us, as they say it in assertions: `https://host:port`; if
///   empty, any
/// @param lifetimes how long things are good for
/// @param limits how much there may be of what
/// @param databaseWait how long the start waits for the database
@ConfigurationProperties("meseta.auth")
public record AuthServiceProperties(
        @Nullable Path bootstrap,
        @Nullable Path sealFile,
        @Nullable Path bundleKeyFile,
        @DefaultValue("http://127.0.0.1:8080/auth") String issuer,
        @DefaultValue List<String> addresses,
        @DefaultValue Lifetimes lifetimes,
        @DefaultValue Limits limits,
        @DefaultValue("60s") Duration databaseWait) {

    /// @param token an access token, at most 15 minutes
    /// @param agentToken an agent's: longer than a bundle's, so that agents go on for as long as
    ///   services do without us
    /// @param session from a user's signing in, however often it is refreshed
    /// @param sessionIdle a browser's session for which no access token was asked for so long is
    ///   over: one is asked for shortly before the last expires, if anybody needs it
    /// @param bundle how long services may change things without hearing from us
    /// @param keyAnnouncement how long a new token key is known before it signs
    public record Lifetimes(
            @DefaultValue("15m") Duration token,
            @DefaultValue("90m") Duration agentToken,
            @DefaultValue("12h") Duration session,
            @DefaultValue("1h") Duration sessionIdle,
            @DefaultValue("1h") Duration bundle,
            @DefaultValue("5m") Duration keyAnnouncement) {

        public Lifetimes {
            checkBetween("token", Duration.ofSeconds(1), token, Duration.ofMinutes(15));
            checkBetween("agent-token", Duration.ofSeconds(1), agentToken, Duration.ofHours(26));
            checkBetween("session", Duration.ofMinutes(1), session, Duration.ofDays(30));
            // An access token must have expired before, or its user would be out while using it.
            checkBetween("session-idle", token, sessionIdle, Duration.ofDays(30));
            checkBetween("bundle", Duration.ofSeconds(10), bundle, Duration.ofHours(24));
            checkBetween("key-announcement", Duration.ZERO, keyAnnouncement, Duration.ofDays(1));
        }

        /// The longest that any token is good for.
        public Duration longestToken() {
            return token.compareTo(agentToken) > 0 ? token : agentToken;
        }

        private static void checkBetween(String name, Duration min, Duration value, Duration max) {
            check(
                    value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
                    "meseta.auth.lifetimes.%s is not from %s to %s".formatted(name, min, max));
        }
    }

    /// @param bundleHold how long a request for a bundle is held
    /// @param bundleWaiting how many such requests may be held
    /// @param wrongPerAddress wrong secrets that may come at once from one address
    /// @param wrongPerPrincipal the same for one principal there
    /// @param wrongFromStrangers the same for one principal from all addresses where it has not
    ///   been right for a week
    /// @param wrongOneIn how long it takes until one of them is forgotten; for strangers a third of
    ///   it, so that it takes several of them to keep others waiting
    public record Limits(
            @DefaultValue("25s") Duration bundleHold,
            @DefaultValue("20000") int bundleWaiting,
            @DefaultValue("50") int wrongPerAddress,
            @DefaultValue("10") int wrongPerPrincipal,
            @DefaultValue("100") int wrongFromStrangers,
            @DefaultValue("6s") Duration wrongOneIn) {

        private static final Duration WRONG_ONE_IN_MIN = Duration.ofMillis(1);
        private static final Duration ACQUAINTANCE = Duration.ofDays(7);

        public Limits {
            check(
                    bundleHold.isPositive() && bundleHold.compareTo(Duration.ofMinutes(1)) <= 0,
                    "meseta.auth.limits.bundle-hold is not from 1ms to 1m");
            check(bundleWaiting > 0, "meseta.auth.limits.bundle-waiting is not positive");
            check(wrongPerAddress > 0, "meseta.auth.limits.wrong-per-address is not positive");
            check(wrongPerPrincipal > 0, "meseta.auth.limits.wrong-per-principal is not positive");
            check(
                    wrongFromStrangers > 0,
                    "meseta.auth.limits.wrong-from-strangers is not positive");
            check(
                    wrongOneIn.compareTo(WRONG_ONE_IN_MIN) >= 0,
                    "meseta.auth.limits.wrong-one-in is not at least 1ms");
        }

        public GuessLimits.Rates guesses() {
            return new GuessLimits.Rates(
                    new GuessLimits.Rate(wrongPerPrincipal, wrongOneIn),
                    new GuessLimits.Rate(wrongPerAddress, wrongOneIn),
                    new GuessLimits.Rate(wrongFromStrangers, wrongOneIn.dividedBy(3)),
                    ACQUAINTANCE);
        }
    }

    public AuthServiceProperties {
        addresses = List.copyOf(addresses);
        check(isUrl(issuer), "meseta.auth.issuer is not a URL: " + issuer);
        check(
                addresses.stream().allMatch(AuthServiceProperties::isUrl),
                "meseta.auth.addresses are not URLs without a slash at their ends: " + addresses);
        check(!databaseWait.isNegative(), "meseta.auth.database-wait is negative");
    }

    public Optional<Path> bootstrapFile() {
        return Optional.ofNullable(bootstrap);
    }

    public Optional<Path> seal() {
        return Optional.ofNullable(sealFile);
    }

    public Optional<Path> bundleKey() {
        return Optional.ofNullable(bundleKeyFile);
    }

    private static boolean isUrl(String text) {
        try {
            var url = URI.create(text);
            var isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return isHttp && url.getHost() != null && !text.endsWith("/");
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static void check(boolean holds, String complaint) {
        if (!holds) throw new IllegalArgumentException(complaint);
    }
}
