package io.meseta.platform.bodies;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Limits on request bodies. `sizeMax` stands before every route; a route may be stricter.
@ConfigurationProperties("meseta.bodies")
public record BodiesProperties(@DefaultValue("64MB") DataSize sizeMax) {

    public BodiesProperties {
        if (sizeMax.toBytes() <= 0 || sizeMax.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("meseta.bodies.size-max must be 1B to 2GB");
        }
    }
}
