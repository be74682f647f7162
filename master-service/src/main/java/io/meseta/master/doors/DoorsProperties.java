package io.meseta.master.doors;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Limits on what callers may send and ask for at once.
///
/// @param bodyMax the longest body of a call, as sent and inflated
/// @param bodyTimeMax how long it may take to arrive
/// @param readersMax how many callers may wait for answers that show the whole cluster, or be at
///   reading them, at the same time
@ConfigurationProperties("meseta.master.calls")
public record DoorsProperties(
        @DefaultValue("16MB") DataSize bodyMax,
        @DefaultValue("30s") Duration bodyTimeMax,
        @DefaultValue("256") int readersMax) {

    public DoorsProperties {
        if (bodyMax.toBytes() <= 0 || bodyMax.toBytes() > Integer.MAX_VALUE)
            throw new IllegalArgumentException("meseta.master.calls.body-max must be 1B to 2GB");
        if (!bodyTimeMax.isPositive())
            throw new IllegalArgumentException(
                    "meseta.master.calls.body-time-max must be positive");
        if (readersMax <= 0)
            throw new IllegalArgumentException("meseta.master.calls.readers-max must be positive");
    }
}
