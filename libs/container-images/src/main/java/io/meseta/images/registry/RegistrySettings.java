package io.meseta.images.registry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How registries are reached.
///
/// @param plainHttp hosts, with port if they have one, that are spoken to without TLS; all others
///   only with it, redirects and token servers included
/// @param mirrors by registry the hosts that are asked first, in order; the registry itself is
///   always the last
/// @param connectTimeout for a connection, TLS included
/// @param answerTimeout until an answer begins
/// @param stallTimeout how long a download may bring next to nothing (below 1 KiB a second)
/// @param attemptsMax for one request, the first included
public record RegistrySettings(
        Set<String> plainHttp,
        Map<String, List<String>> mirrors,
        Duration connectTimeout,
        Duration answerTimeout,
        Duration stallTimeout,
        int attemptsMax) {

    public RegistrySettings {
        plainHttp = Set.copyOf(plainHttp);
        mirrors = Map.copyOf(mirrors);
        if (attemptsMax < 1 || attemptsMax > 100) {
            throw new IllegalArgumentException("1 to 100 attempts, not " + attemptsMax);
        }
    }

    /// TLS everywhere, no mirrors, patience for bad networks.
    public static RegistrySettings usual() {
        return new RegistrySettings(
                Set.of(),
                Map.of(),
                Duration.ofSeconds(15),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                6);
    }

    /// These, with `hosts` reached without TLS.
    public RegistrySettings withPlainHttp(String... hosts) {
        return new RegistrySettings(
                Set.of(hosts), mirrors, connectTimeout, answerTimeout, stallTimeout, attemptsMax);
    }

    /// These, with `hosts` asked before `registry`.
    public RegistrySettings withMirrors(String registry, String... hosts) {
        return new RegistrySettings(
                plainHttp,
                Map.of(registry, List.of(hosts)),
                connectTimeout,
                answerTimeout,
                stallTimeout,
                attemptsMax);
    }
}
