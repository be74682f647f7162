package io.meseta.master.about;

import io.meseta.mesos.v1.DomainInfo;
import io.meseta.mesos.v1.DomainInfo.FaultDomain;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How this master is to be reached by frameworks, agents and people.
///
/// @param host a name or an address that clients can use
/// @param port 0 for the one it listens on
/// @param cluster what people call this cluster
/// @param domain the fault domain that it is in, `region/zone`; empty for none
/// @param requireAgentDomain whether an agent must say in which it is
@ConfigurationProperties("meseta.master.advertise")
public record AboutProperties(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("0") int port,
        @Nullable String cluster,
        @DefaultValue("") String domain,
        @DefaultValue("false") boolean requireAgentDomain) {

    private static final int PORT_MAX = 65_535;

    public AboutProperties {
        if (host.isBlank())
            throw new IllegalArgumentException("meseta.master.advertise.host is empty");
        if (!domain.isEmpty() && !domain.matches("[^/]{1,128}/[^/]{1,128}"))
            throw new IllegalArgumentException("meseta.master.advertise.domain is not region/zone");
        if (port < 0 || port > PORT_MAX)
            throw new IllegalArgumentException("meseta.master.advertise.port is not a port");
    }

    Optional<DomainInfo> faultDomain() {
        if (domain.isEmpty()) return Optional.empty();
        int slash = domain.indexOf('/');
        return Optional.of(
                DomainInfo.newBuilder()
                        .setFaultDomain(
                                FaultDomain.newBuilder()
                                        .setRegion(
                                                FaultDomain.RegionInfo.newBuilder()
                                                        .setName(domain.substring(0, slash)))
                                        .setZone(
                                                FaultDomain.ZoneInfo.newBuilder()
                                                        .setName(domain.substring(slash + 1))))
                        .build());
    }
}
