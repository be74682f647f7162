package io.meseta.gateway.door;

import io.meseta.gateway.forwarding.Inbound;
import io.meseta.gateway.routes.Route;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts each request, and writes one line about it: neither its query nor its headers, where
/// secrets are.
final class AccessLog {

    private static final Logger LOG = LoggerFactory.getLogger("access");
    private static final int PATH_MAX = 512;

    private final MeterRegistry meters;
    private final boolean isWritten;

    AccessLog(MeterRegistry meters, boolean isWritten) {
        this.meters = meters;
        this.isWritten = isWritten;
    }

    /// @param principal empty if the caller is nobody, or was not looked at
    void note(Inbound inbound, Route route, String requestId, String principal) {
        long nanos = System.nanoTime() - inbound.request().getHeadersNanoTime();
        int status = inbound.response().getStatus();
        meters.timer("meseta.gateway.requests", "route", route.word(), "status", family(status))
                .record(nanos, TimeUnit.NANOSECONDS);
        if (!isWritten) return;
        LOG.atInfo()
                .addKeyValue("method", inbound.method())
                .addKeyValue("path", path(inbound))
                .addKeyValue("status", status)
                .addKeyValue("route", route.word())
                .addKeyValue("principal", principal.isEmpty() ? "-" : principal)
                .addKeyValue("address", inbound.address())
                .addKeyValue("ms", nanos / 1_000_000)
                .addKeyValue("request", requestId)
                .log("Request");
    }

    private static String family(int status) {
        return status / 100 + "xx";
    }

    private static String path(Inbound inbound) {
        var path = inbound.request().getHttpURI().getPath();
        if (path == null) return "-";
        return path.length() > PATH_MAX ? path.substring(0, PATH_MAX) : path;
    }
}
