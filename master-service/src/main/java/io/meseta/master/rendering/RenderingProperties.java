package io.meseta.master.rendering;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Limits on answers that show the whole cluster.
///
/// @param memoryMax how much of one rendering is kept in memory; the rest is in a temporary file
/// @param sizeMax how long one may become
/// @param waitingMax how many different ones may wait to be rendered
@ConfigurationProperties("meseta.master.rendering")
public record RenderingProperties(
        @DefaultValue("8MB") DataSize memoryMax,
        @DefaultValue("4GB") DataSize sizeMax,
        @DefaultValue("64") int waitingMax) {

    public RenderingProperties {
        if (memoryMax.toBytes() <= 0 || memoryMax.toBytes() > Integer.MAX_VALUE)
            throw new IllegalArgumentException(
                    "meseta.master.rendering.memory-max must be 1B to 2GB");
        if (sizeMax.toBytes() <= 0)
            throw new IllegalArgumentException("meseta.master.rendering.size-max must be positive");
        if (waitingMax <= 0)
            throw new IllegalArgumentException(
                    "meseta.master.rendering.waiting-max must be positive");
    }
}
