package io.meseta.agent.operator;

import io.meseta.mesos.v1.AgentInfo;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/// What stays the same while the agent runs.
///
/// @param version of the Mesos API that is spoken; clients compare it with what they need
/// @param startedAt when this process came up
/// @param flags the settings in effect, by the names that Mesos gives them
/// @param machine without id and port
/// @param address this machine's own
/// @param port the agent's, known once its server runs
public record About(
        String version,
        Instant startedAt,
        SortedMap<String, String> flags,
        AgentInfo machine,
        String address,
        IntSupplier port) {

    public static final String MESOS_VERSION = "1.12.0";

    public About {
        flags = Collections.unmodifiableSortedMap(new TreeMap<>(flags));
    }

    /// What the agent says of itself, without id.
    public AgentInfo description() {
        return machine.toBuilder().setPort(port.getAsInt()).build();
    }

    /// `host:port`
    public String endpoint() {
        return address + ":" + port.getAsInt();
    }

    /// In the form of libprocess, which tools take apart.
    String pid() {
        return "slave(1)@" + endpoint();
    }

    double startTime() {
        return startedAt.toEpochMilli() / 1000.0;
    }

    Map<String, Object> versionView() {
        return Map.of("version", version);
    }
}
