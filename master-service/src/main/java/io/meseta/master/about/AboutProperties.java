package io.meseta.master.about;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How this master is to be reached by frameworks, agents and people.
///
/// @param host a name or an address that clients can use
/// @param port 0 for the one it listens on
/// @param cluster what people call this cluster
/// @param region where this master is, if the cluster has regions
/// @param zone where in the region; both or neither
@ConfigurationProperties("meseta.master.advertise")
public record AboutProperties(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("0") int port,
        @Nullable String cluster,
        @Nullable String region,
        @Nullable String zone) {

    private static final int PORT_MAX = 65_535;

    public AboutProperties {
        if (host.isBlank())
            throw new IllegalArgumentException("meseta.master.advertise.host is empty");
        if (port < 0 || port > PORT_MAX)
            throw new IllegalArgumentException("meseta.master.advertise.port is not a port");
        if ((region == null) != (zone == null))
            throw new IllegalArgumentException(
                    "meseta.master.advertise.region and zone are set both or neither");
    }
}
