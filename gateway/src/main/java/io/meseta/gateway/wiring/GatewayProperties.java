package io.meseta.gateway.wiring;

import io.meseta.gateway.forwarding.Forwarder;
import io.meseta.gateway.sessions.SessionsConfiguration;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What can be set about the gateway. Where the auth-service is, `meseta.auth.url` says.
///
/// @param masters where each master answers, `http://host:port`
/// @param probeInterval how often each master is asked who leads
/// @param staleAfter services are not called any more once the master has been silent for so long
/// @param passOver an instance that refused a connection is passed over for so long
/// @param eventMax of one event from the master
/// @param accessLog whether each request gets a line in the log
@ConfigurationProperties("meseta.gateway")
public record GatewayProperties(
        @DefaultValue("http://127.0.0.1:5050") List<URI> masters,
        @DefaultValue("250ms") Duration probeInterval,
        @DefaultValue("10s") Duration staleAfter,
        @DefaultValue("5s") Duration passOver,
        @DefaultValue("256MB") DataSize eventMax,
        @DefaultValue("true") boolean accessLog,
        @DefaultValue Forwarding forward,
        @DefaultValue Signing session) {

    /// @param connectMax how long a connection may take to be there
    /// @param firstByteMax from the end of a request to the first byte of its answer
    /// @param connectionsMax to one upstream
    /// @param tunnelIdleMax a WebSocket on which nothing moves for so long is closed
    public record Forwarding(
            @DefaultValue("2s") Duration connectMax,
            @DefaultValue("60s") Duration firstByteMax,
            @DefaultValue("1024") int connectionsMax,
            @DefaultValue("15m") Duration tunnelIdleMax) {

        public Forwarding {
            checkPositive(connectMax, "forward.connect-max");
            checkPositive(firstByteMax, "forward.first-byte-max");
            checkPositive(tunnelIdleMax, "forward.tunnel-idle-max");
            check(connectionsMax > 0, "forward.connections-max is not positive");
        }

        Forwarder.Limits limits() {
            return new Forwarder.Limits(connectMax, firstByteMax, connectionsMax, tunnelIdleMax);
        }
    }

    /// Sessions at browsers. How long they last the auth-service says.
    ///
    /// @param countMax of how many browsers a token is remembered; the least recently used go first
    public record Signing(@DefaultValue("10000") int countMax) {

        public Signing {
            check(countMax > 0, "session.count-max is not positive");
        }

        SessionsConfiguration.SessionsMax max() {
            return new SessionsConfiguration.SessionsMax(countMax);
        }
    }

    public GatewayProperties {
        masters = List.copyOf(masters);
        check(!masters.isEmpty(), "masters is empty");
        for (var master : masters) {
            check(
                    "http".equals(master.getScheme()) && master.getHost() != null,
                    "masters holds '" + master + "', which is not http://host:port");
        }
        checkPositive(probeInterval, "probe-interval");
        checkPositive(staleAfter, "stale-after");
        checkPositive(passOver, "pass-over");
        check(eventMax.toBytes() > 0, "event-max is not positive");
    }

    private static void checkPositive(Duration duration, String name) {
        check(duration.isPositive(), name + " is not positive");
    }

    private static void check(boolean holds, String complaint) {
        if (!holds) throw new IllegalArgumentException("meseta.gateway." + complaint);
    }
}
