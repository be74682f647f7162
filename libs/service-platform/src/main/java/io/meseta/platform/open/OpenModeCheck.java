package io.meseta.platform.open;

import io.meseta.platform.start.StartRefused;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/// Stops the start-up before anything has been opened: without `meseta.open=true` all must be there
/// by which callers are told apart, and with it the service must stay on this machine.
final class OpenModeCheck implements EnvironmentPostProcessor, Ordered {

    private static final String OPEN = "meseta.open";
    private static final String AUTH = "meseta.auth.";
    private static final List<String> FOR_ALL = List.of("url", "trust-file", "state-dir");
    private static final List<String> FOR_ACCOUNTS = List.of("principal", "secret-file");
    private static final String JOIN_TOKEN_FILE = "join-token-file";
    private static final List<String> ADDRESSES =
            List.of("server.address", "management.server.address");

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.getProperty(OPEN, Boolean.class, false)) checkOpen(environment);
        else checkSecure(environment);
    }

    private static void checkSecure(ConfigurableEnvironment environment) {
        if (environment.getProperty(AUTH + "authority", Boolean.class, false)) return;
        var isAgent = isSet(environment, JOIN_TOKEN_FILE);
        var missing =
                Stream.concat(FOR_ALL.stream(), isAgent ? Stream.of() : FOR_ACCOUNTS.stream())
                        .filter(name -> !isSet(environment, name))
                        .map(name -> AUTH + name)
                        .toList();
        if (missing.isEmpty()) return;
        throw new StartRefused(
                ("To tell callers apart, this service needs %s. To run it open to everyone on"
                                + " this machine instead, start it with --meseta.open=true.")
                        .formatted(String.join(", ", missing)));
    }

    private static void checkOpen(ConfigurableEnvironment environment) {
        var unused =
                Stream.of(FOR_ALL, FOR_ACCOUNTS, List.of(JOIN_TOKEN_FILE))
                        .flatMap(List::stream)
                        .filter(name -> isSet(environment, name))
                        .map(name -> AUTH + name)
                        .toList();
        if (!unused.isEmpty()) {
            throw new StartRefused(
                    "With meseta.open=true nobody is authenticated, yet %s is set. Choose one."
                            .formatted(String.join(", ", unused)));
        }
        for (var name : ADDRESSES) {
            Optional.ofNullable(environment.getProperty(name))
                    .filter(address -> !Loopback.isLoopback(address))
                    .ifPresent(address -> refuse(name, address));
        }
    }

    private static boolean isSet(ConfigurableEnvironment environment, String name) {
        return Optional.ofNullable(environment.getProperty(AUTH + name))
                .filter(value -> !value.isBlank())
                .isPresent();
    }

    private static void refuse(String name, String address) {
        throw new StartRefused(
                "With meseta.open=true a service listens on a loopback address only, and "
                        + "%s=%s is none. Set 127.0.0.1 or ::1.".formatted(name, address));
    }

    /// When all other settings have been read.
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
