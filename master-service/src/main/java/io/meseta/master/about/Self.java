package io.meseta.master.about;

import io.meseta.master.leadership.Leadership;
import io.meseta.mesos.v1.Address;
import io.meseta.mesos.v1.DomainInfo;
import io.meseta.mesos.v1.MasterInfo;
import io.meseta.mesos.v1.VersionInfo;
import io.meseta.model.MasterId;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/// This master process: the same from its start to its end, whoever leads.
///
/// @param ip the advertised address; loopback if the name does not resolve
/// @param port asked each time, since it is not known before the server has started
/// @param domain the fault domain that it is in
/// @param flags settings by the names that Mesos has for them
public record Self(
        String hostname,
        InetAddress ip,
        IntSupplier port,
        Optional<String> cluster,
        Optional<DomainInfo> domain,
        Instant startedAt,
        SortedMap<String, String> flags) {

    /// The version of the Mesos API that is spoken. Clients compare it with what they need.
    public static final String MESOS_VERSION = "1.12.0";

    /// Who built it, as far as Mesos has a word for that.
    public static final String BUILDER = "meseta";

    private static final List<MasterInfo.Capability.Type> CAPABILITIES =
            List.of(
                    MasterInfo.Capability.Type.AGENT_UPDATE,
                    MasterInfo.Capability.Type.AGENT_DRAINING,
                    MasterInfo.Capability.Type.QUOTA_V2);

    public Self {
        flags = Collections.unmodifiableSortedMap(new TreeMap<>(flags));
    }

    public Leadership.Address address() {
        return new Leadership.Address(hostname, port.getAsInt());
    }

    /// The libprocess address by which old clients know a master.
    public String pid() {
        return "master@" + ip.getHostAddress() + ":" + port.getAsInt();
    }

    public List<String> capabilities() {
        return CAPABILITIES.stream().map(Enum::name).toList();
    }

    public Optional<String> region() {
        return domain.map(each -> each.getFaultDomain().getRegion().getName());
    }

    public MasterInfo info(MasterId id) {
        var info =
                MasterInfo.newBuilder()
                        .setId(id.value())
                        .setIp(ipAsNumber())
                        .setPort(port.getAsInt())
                        .setPid(pid())
                        .setHostname(hostname)
                        .setVersion(MESOS_VERSION)
                        .setAddress(
                                Address.newBuilder()
                                        .setHostname(hostname)
                                        .setIp(ip.getHostAddress())
                                        .setPort(port.getAsInt()));
        domain.ifPresent(info::setDomain);
        for (var capability : CAPABILITIES)
            info.addCapabilities(MasterInfo.Capability.newBuilder().setType(capability));
        return info.build();
    }

    public VersionInfo version() {
        return VersionInfo.newBuilder().setVersion(MESOS_VERSION).setBuildUser(BUILDER).build();
    }

    /// The four bytes of an IPv4 address in the order in which they lie in memory, read as a number
    /// of a little-endian machine; 0 for IPv6, which has no place here.
    private int ipAsNumber() {
        var bytes = ip.getAddress();
        return bytes.length == Integer.BYTES
                ? ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt()
                : 0;
    }
}
