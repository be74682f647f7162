package io.meseta.agent.master;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// Where masters are, and how patient the agent is with them.
///
/// @param masters tried in turn
/// @param backoffMin the first pause after a failed attempt; it doubles
/// @param backoffMax the longest pause
public record LinkSettings(List<URI> masters, Duration backoffMin, Duration backoffMax) {

    public LinkSettings {
        masters = List.copyOf(masters);
        if (masters.isEmpty()) throw new IllegalArgumentException("masters: name at least one");
        for (var master : masters) {
            var scheme = master.getScheme();
            boolean isHttp = "http".equals(scheme) || "https".equals(scheme);
            if (!isHttp || master.getHost() == null) {
                throw new IllegalArgumentException(
                        "masters: '" + master + "' is not of the form http://host:port");
            }
        }
        if (!backoffMin.isPositive() || backoffMax.compareTo(backoffMin) < 0) {
            throw new IllegalArgumentException("the pauses between attempts make no sense");
        }
    }
}
