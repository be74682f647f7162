package io.meseta.master.agents;

import com.google.protobuf.ByteString;
import io.meseta.allocator.constraint.Place;
import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.agent.Site;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.operation.Outcome;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.wire.AgentOwner;
import io.meseta.master.wire.ResourceReading;
import io.meseta.master.wire.Sealed;
import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireIds;
import io.meseta.master.wire.WireNames;
import io.meseta.mesos.secrets.SealingKey;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Value;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.wire.agent.Hello;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads an agent's first message.
final class HelloReading {

    /// More tasks than any machine can hold.
    private static final int TASKS_MAX = 100_000;

    /// More different resources than any machine has.
    private static final int RESOURCES_MAX = 10_000;

    /// More of anything than any machine has, in the wire's units: sums over all the agents that a
    /// cluster can have still fit.
    private static final Scalar AMOUNT_MAX = Scalar.ofUnits(100_000_000_000L);

    private static final int TEXT_CHARACTERS_MAX = 255;

    /// More than anyone labels a machine with.
    private static final int ATTRIBUTES_MAX = 1_000;

    /// Frameworks' patterns are held against each.
    private static final int ATTRIBUTE_CHARACTERS_MAX = 4_096;

    private static final int PORT_MAX = 65_535;

    private HelloReading() {}

    /// @param owner the principal that the agent came as; empty where nobody is asked
    static Command.Greet read(Hello hello, LinkId link, String owner) throws Unacceptable {
        if (hello.getTasksCount() > TASKS_MAX)
            throw new Unacceptable("An agent holds at most " + TASKS_MAX + " tasks");
        if (hello.getEpochSeen() < 0 || hello.getOrderSeen() < 0)
            throw new Unacceptable("epoch_seen and order_seen must fit into 63 bits");
        return new Command.Greet(
                id(hello),
                profile(hello, owner),
                link,
                new Command.Recollection(new Epoch(hello.getEpochSeen()), hello.getOrderSeen()),
                held(hello),
                outcomes(hello),
                executors(hello));
    }

    private static List<Command.HeldExecutor> executors(Hello hello) throws Unacceptable {
        if (hello.getExecutorsCount() > TASKS_MAX)
            throw new Unacceptable("An agent holds at most " + TASKS_MAX + " executors");
        var executors = new ArrayList<Command.HeldExecutor>();
        for (var executor : hello.getExecutorsList()) executors.add(ReportReading.read(executor));
        return executors;
    }

    /// An agent that has none yet gets the one that it asks for, so that it gets the same again.
    static Optional<AgentId> id(Hello hello) throws Unacceptable {
        if (hello.hasAgentId())
            return Optional.of(WireIds.read(hello.getAgentId().getValue(), AgentId::new));
        if (hello.getJoining().isEmpty()) return Optional.empty();
        var uuid = WireIds.uuid(hello.getJoining().toByteArray());
        return Optional.of(new AgentId(uuid + "-S0"));
    }

    private static AgentProfile profile(Hello hello, String owner) throws Unacceptable {
        if (!hello.hasAgentInfo()) throw new Unacceptable("Expecting 'agent_info' to be present");
        var info = hello.getAgentInfo();
        if (info.getHostname().isBlank() || info.getHostname().length() > TEXT_CHARACTERS_MAX)
            throw new Unacceptable(
                    "Expecting 'agent_info.hostname' to have 1 to "
                            + TEXT_CHARACTERS_MAX
                            + " characters");
        if (info.getPort() <= 0 || info.getPort() > PORT_MAX)
            throw new Unacceptable("Expecting 'agent_info.port' to be a port");
        if (hello.getVersion().length() > TEXT_CHARACTERS_MAX)
            throw new Unacceptable(
                    "Expecting 'version' to have at most " + TEXT_CHARACTERS_MAX + " characters");
        return new AgentProfile(
                info.getHostname(),
                info.getPort(),
                // Both are checked: what the machine has is shown as well.
                total(resources(info.getResourcesList()), hello.getTotalResourcesList()),
                capabilities(hello.getCapabilitiesList()),
                hello.getVersion(),
                Sealed.seal(
                        AgentOwner.note(
                                info.toBuilder().clearId().build(), owner, sealingKey(hello))),
                site(hello));
    }

    private static ByteString sealingKey(Hello hello) throws Unacceptable {
        if (hello.getSealingKey().isEmpty()) return ByteString.EMPTY;
        try {
            return ByteString.copyFrom(
                    SealingKey.of(hello.getSealingKey().toByteArray()).encoded());
        } catch (IllegalArgumentException _) {
            throw new Unacceptable("Expecting 'sealing_key' to be a public key");
        }
    }

    /// Where the machine is; its own words count, for the other end of the link may be a gateway.
    private static Site site(Hello hello) throws Unacceptable {
        var hostname = hello.getAgentInfo().getHostname();
        var ip = hello.getIp().isEmpty() && isAddress(hostname) ? hostname : hello.getIp();
        if (!ip.isEmpty() && !isAddress(ip))
            throw new Unacceptable("Expecting 'ip' to be an address");
        return new Site(ip, false, domain(hello.getAgentInfo()), attributes(hello.getAgentInfo()));
    }

    private static boolean isAddress(String text) {
        try {
            return text.equals(InetAddress.ofLiteral(text).getHostAddress()) || text.contains(":");
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// Of several attributes of one name the first counts, as in Mesos.
    private static SortedMap<String, Optional<String>> attributes(AgentInfo info)
            throws Unacceptable {
        if (info.getAttributesCount() > ATTRIBUTES_MAX)
            throw new Unacceptable("An agent has at most " + ATTRIBUTES_MAX + " attributes");
        var attributes = new TreeMap<String, Optional<String>>();
        for (var each : info.getAttributesList()) {
            if (each.getText().getValue().length() > ATTRIBUTE_CHARACTERS_MAX)
                throw new Unacceptable(
                        "An attribute has at most " + ATTRIBUTE_CHARACTERS_MAX + " characters");
            attributes.putIfAbsent(
                    each.getName(),
                    each.getType() == Value.Type.TEXT
                            ? Optional.of(each.getText().getValue())
                            : Optional.empty());
        }
        return attributes;
    }

    private static Optional<Place.FaultDomain> domain(AgentInfo info) {
        if (!info.getDomain().hasFaultDomain()) return Optional.empty();
        var domain = info.getDomain().getFaultDomain();
        return Optional.of(
                new Place.FaultDomain(domain.getRegion().getName(), domain.getZone().getName()));
    }

    private static Resources total(Resources machine, List<Resource> total) throws Unacceptable {
        return total.isEmpty() ? machine : resources(total);
    }

    private static List<Outcome> outcomes(Hello hello) throws Unacceptable {
        if (hello.getOutcomesCount() > TASKS_MAX)
            throw new Unacceptable("An agent tells of at most " + TASKS_MAX + " operations");
        var outcomes = new ArrayList<Outcome>();
        for (var outcome : hello.getOutcomesList()) outcomes.add(ReportReading.read(outcome));
        return outcomes;
    }

    private static Resources resources(List<Resource> wire) throws Unacceptable {
        if (wire.size() > RESOURCES_MAX)
            throw new Unacceptable("An agent has at most " + RESOURCES_MAX + " resources");
        var resources = ResourceReading.read(wire);
        var excessive =
                resources.stream()
                        .filter(each ->
                                each.amount() instanceof Scalar
                                        && !AMOUNT_MAX.contains(each.amount()))
                        .findFirst();
        if (excessive.isPresent())
            throw new Unacceptable(
                    "No agent has as much as '"
                            + excessive.get()
                            + "': at most "
                            + AMOUNT_MAX
                            + " of each resource");
        return resources;
    }

    private static Set<AgentCapability> capabilities(List<AgentInfo.Capability> wire) {
        var all = EnumSet.noneOf(AgentCapability.class);
        for (var each : wire)
            if (each.getType() != AgentInfo.Capability.Type.UNKNOWN)
                all.add(AgentCapability.valueOf(each.getType().name()));
        return all;
    }

    private static List<Command.HeldTask> held(Hello hello) throws Unacceptable {
        var held = new ArrayList<Command.HeldTask>();
        for (var task : hello.getTasksList()) {
            var key =
                    new TaskKey(
                            WireIds.read(task.getFrameworkId().getValue(), FrameworkId::new),
                            WireIds.read(task.getTaskId().getValue(), TaskId::new));
            held.add(
                    new Command.HeldTask(
                            key, WireNames.of(task.getState()), task.getLaunchOrder()));
        }
        return held;
    }
}
