package io.meseta.platform.open;

import io.meseta.platform.start.StartRefused;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/// Stops the start-up before anything has been opened: without `meseta.open=true` there is nothing
/// yet that could tell callers apart, and with it the service must stay on this machine.
final class OpenModeCheck implements EnvironmentPostProcessor, Ordered {

    private static final String OPEN = "meseta.open";
    private static final List<String> ADDRESSES =
            List.of("server.address", "management.server.address");

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.getProperty(OPEN, Boolean.class, false)) {
            throw new StartRefused(
                    "This service cannot authenticate anyone yet. To run it open to everyone on"
                            + " this machine, start it with --meseta.open=true.");
        }
        for (var name : ADDRESSES) {
            Optional.ofNullable(environment.getProperty(name))
                    .filter(address -> !Loopback.isLoopback(address))
                    .ifPresent(address -> refuse(name, address));
        }
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
