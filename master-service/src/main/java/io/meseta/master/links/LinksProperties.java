package io.meseta.master.links;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Limits on the conversations with frameworks and agents.
///
/// @param heartbeatInterval how often both hear that the master lives, and agents say that they do
/// @param outboxMax what may wait for one peer
/// @param stallMax how long a peer may take nothing of what waits
@ConfigurationProperties("meseta.master.links")
public record LinksProperties(
        @DefaultValue("15s") Duration heartbeatInterval,
        @DefaultValue("8MB") DataSize outboxMax,
        @DefaultValue("30s") Duration stallMax,
        @DefaultValue("10000") int frameworksMax,
        @DefaultValue("20000") int agentsMax) {

    public LinksProperties {
        if (!heartbeatInterval.isPositive())
            throw new IllegalArgumentException(
                    "meseta.master.links.heartbeat-interval must be positive");
        if (!stallMax.isPositive())
            throw new IllegalArgumentException("meseta.master.links.stall-max must be positive");
        if (outboxMax.toBytes() <= 0 || outboxMax.toBytes() > Integer.MAX_VALUE)
            throw new IllegalArgumentException("meseta.master.links.outbox-max must be 1B to 2GB");
        if (frameworksMax <= 0 || agentsMax <= 0)
            throw new IllegalArgumentException(
                    "meseta.master.links.frameworks-max and agents-max must be positive");
    }
}
