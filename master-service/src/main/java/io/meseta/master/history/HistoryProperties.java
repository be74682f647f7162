package io.meseta.master.history;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What is remembered of what has ended.
///
/// @param retention how long it stays
@ConfigurationProperties("meseta.master.history")
public record HistoryProperties(@DefaultValue("30d") Duration retention) {

    public HistoryProperties {
        if (!retention.isPositive())
            throw new IllegalArgumentException("meseta.master.history.retention must be positive");
    }
}
