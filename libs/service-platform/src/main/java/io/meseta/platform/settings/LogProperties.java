package io.meseta.platform.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the log is written: for people, or one JSON object (ECS) a line.
@ConfigurationProperties("meseta.log")
public record LogProperties(@DefaultValue("text") Format format) {

    /// A way of writing the log.
    public enum Format {
        TEXT,
        JSON
    }
}
