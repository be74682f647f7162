package io.meseta.platform.start;

import java.util.Optional;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// Says why a service does not start in one line on standard error, where it is whoever started it
/// who can put it right. Anything else is left to Spring's own reporter.
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OneLineReporter implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        var line = line(failure);
        line.ifPresent(System.err::println);
        return line.isPresent();
    }

    static Optional<String> line(Throwable failure) {
        for (var at = failure; at != null; at = at.getCause()) {
            if (at instanceof StartRefused refused) return Optional.of("" + refused.getMessage());
            if (at instanceof PortInUseException taken) {
                return Optional.of(
                        "Port %d is taken: ".formatted(taken.getPort())
                                + "stop what listens there, or set another with --server.port.");
            }
        }
        return Optional.empty();
    }
}
