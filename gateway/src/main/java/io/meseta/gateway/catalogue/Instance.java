package io.meseta.gateway.catalogue;

import io.meseta.gateway.forwarding.Upstream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One task that serves.
///
/// @param host where it is reached
/// @param isOnHostNetwork whether it can be reached without the gateway, so that rules hold at the
///   door only
/// @param healthy absent if nobody checks
/// @param isRunning whether its task runs
public record Instance(
        TaskKey key,
        String agent,
        String host,
        boolean isOnHostNetwork,
        @Nullable Boolean healthy,
        boolean isRunning,
        Offer offer)
        implements Comparable<Instance> {

    /// Which task.
    public record TaskKey(String framework, String id) {}

    /// What it says it serves (its DiscoveryInfo), and in whose name it runs.
    public record Offer(
            String name, String visibility, String role, List<Port> ports, boolean takesTokens) {
        public Offer {
            ports = List.copyOf(ports);
        }
    }

    /// @param protocol as its owner wrote it: `h2c` and `grpc` mean HTTP/2
    public record Port(int number, String name, String protocol) {

        private boolean isHttp2() {
            return switch (protocol.toLowerCase(Locale.ROOT)) {
                case "h2", "h2c", "http2", "grpc" -> true;
                default -> false;
            };
        }
    }

    /// Whether calls may be sent to it.
    public boolean isLive() {
        return isRunning && !Boolean.FALSE.equals(healthy) && !offer.ports().isEmpty();
    }

    /// Where a port of it is reached.
    ///
    /// @param wanted a port's name or number; empty for the first
    public Optional<Upstream> at(String wanted) {
        return offer.ports().stream()
                .filter(port ->
                        wanted.isEmpty()
                                || port.name().equals(wanted)
                                || Integer.toString(port.number()).equals(wanted))
                .findFirst()
                .map(port ->
                        new Upstream(
                                host,
                                port.number(),
                                port.isHttp2()
                                        ? Upstream.Protocol.HTTP2
                                        : Upstream.Protocol.HTTP1));
    }

    @Override
    public int compareTo(Instance other) {
        return ORDER.compare(this, other);
    }

    private static final Comparator<Instance> ORDER =
            Comparator.<Instance, String>comparing(each -> each.key().framework())
                    .thenComparing(each -> each.key().id());
}
