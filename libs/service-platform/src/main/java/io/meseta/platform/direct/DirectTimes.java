package io.meseta.platform.direct;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;

/// How long requests took, under the name and with the tags that Spring has for its own.
///
/// An answer that goes on, as streams do, took the time to its beginning.
final class DirectTimes {

    private static final String NAME = "http.server.requests";

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final MeterRegistry meters;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    private record Kind(String path, String method, int status) {}

    DirectTimes(MeterRegistry meters) {
        this.meters = meters;
    }

    void add(String path, String method, int status, long nanos) {
        var known = METHODS.contains(method) ? method : "UNKNOWN";
        timers.computeIfAbsent(new Kind(path, known, status), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Kind kind) {
        var series = HttpStatus.Series.resolve(kind.status());
        return Timer.builder(NAME)
                .tag("uri", kind.path())
                .tag("method", kind.method())
                .tag("status", Integer.toString(kind.status()))
                .tag("outcome", series == null ? "UNKNOWN" : outcome(series))
                .tag("exception", "none")
                .tag("error", "none")
                .register(meters);
    }

    private static String outcome(HttpStatus.Series series) {
        return switch (series) {
            case INFORMATIONAL -> "INFORMATIONAL";
            case SUCCESSFUL -> "SUCCESS";
            case REDIRECTION -> "REDIRECTION";
            case CLIENT_ERROR -> "CLIENT_ERROR";
            case SERVER_ERROR -> "SERVER_ERROR";
        };
    }
}
