package io.meseta.master.levels;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When the journal may hold what earlier builds can't read.
///
/// @param automatic whether the leader raises the feature level by itself; else an operator does
/// @param delay for how long all masters must have been able to read a level before that: until
///   then one can go back to the build before
@ConfigurationProperties("meseta.master.levels")
public record LevelsProperties(
        @DefaultValue("true") boolean automatic, @DefaultValue("1h") Duration delay) {

    public LevelsProperties {
        if (delay.isNegative())
            throw new IllegalArgumentException("meseta.master.levels.delay is negative");
    }
}
