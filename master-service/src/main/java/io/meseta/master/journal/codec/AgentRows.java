package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.PlainRows.known;
import static io.meseta.master.journal.codec.PlainRows.require;
import static io.meseta.master.journal.codec.PlainRows.row;
import static io.meseta.master.journal.codec.PlainRows.toInstant;
import static io.meseta.master.journal.codec.PlainRows.toOpaque;
import static io.meseta.master.journal.codec.PlainRows.toTaskKey;

import io.meseta.allocator.constraint.Place;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.agent.AgentEvent.AgentAdmitted;
import io.meseta.master.core.agent.AgentEvent.AgentLost;
import io.meseta.master.core.agent.AgentEvent.AgentReturned;
import io.meseta.master.core.agent.AgentEvent.Instruction.KillStray;
import io.meseta.master.core.agent.AgentEvent.Instruction.ShutdownExecutor;
import io.meseta.master.core.agent.AgentEvent.Instruction.ShutdownFramework;
import io.meseta.master.core.agent.AgentEvent.OrderGiven;
import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.agent.Reach;
import io.meseta.master.core.agent.Site;
import io.meseta.master.journal.v1.AgentAdmittedRow;
import io.meseta.master.journal.v1.AgentLostRow;
import io.meseta.master.journal.v1.AgentProfileRow;
import io.meseta.master.journal.v1.AgentReturnedRow;
import io.meseta.master.journal.v1.AgentRow;
import io.meseta.master.journal.v1.EventRow;
import io.meseta.master.journal.v1.ExecutorShutdownOrderedRow;
import io.meseta.master.journal.v1.FrameworkShutdownOrderedRow;
import io.meseta.master.journal.v1.PlaceRow;
import io.meseta.master.journal.v1.StrayKillOrderedRow;
import io.meseta.master.journal.v1.UnlinkedRow;
import io.meseta.master.journal.v1.UnreachableRow;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.TreeMap;

/// Agents and what can happen to them.
final class AgentRows {

    private AgentRows() {}

    static EventRow of(AgentEvent event) {
        var row = EventRow.newBuilder();
        switch (event) {
            case AgentAdmitted(var id, var profile, var orderFloor, var at) ->
                    row.setAgentAdmitted(
                            AgentAdmittedRow.newBuilder()
                                    .setAgent(id.value())
                                    .setProfile(of(profile))
                                    .setOrderFloor(orderFloor)
                                    .setAt(row(at)));
            case AgentReturned(var id, var profile, var orderFloor, var at) ->
                    row.setAgentReturned(
                            AgentReturnedRow.newBuilder()
                                    .setAgent(id.value())
                                    .setProfile(of(profile))
                                    .setOrderFloor(orderFloor)
                                    .setAt(row(at)));
            case AgentLost(var id, var at) ->
                    row.setAgentLost(AgentLostRow.newBuilder().setAgent(id.value()).setAt(row(at)));
            case OrderGiven(var id, var number, ShutdownFramework(var framework), var at) ->
                    row.setFrameworkShutdownOrdered(
                            FrameworkShutdownOrderedRow.newBuilder()
                                    .setAgent(id.value())
                                    .setNumber(number)
                                    .setFramework(framework.value())
                                    .setAt(row(at)));
            case OrderGiven(var id, var number, KillStray(var task), var at) ->
                    row.setStrayKillOrdered(
                            StrayKillOrderedRow.newBuilder()
                                    .setAgent(id.value())
                                    .setNumber(number)
                                    .setTask(row(task))
                                    .setAt(row(at)));
            case OrderGiven(var id, var number, ShutdownExecutor(var executor), var at) ->
                    row.setExecutorShutdownOrdered(
                            ExecutorShutdownOrderedRow.newBuilder()
                                    .setAgent(id.value())
                                    .setNumber(number)
                                    .setKey(ExecutorRows.of(executor))
                                    .setAt(row(at)));
            case AgentEvent.AgentLinked _, AgentEvent.AgentUnlinked _ ->
                    throw EventRows.passing(event);
        }
        return row.build();
    }

    static AgentAdmitted toEvent(AgentAdmittedRow row) {
        known(row);
        require(row.hasProfile() && row.hasAt(), "an admission's profile or time");
        return new AgentAdmitted(
                new AgentId(row.getAgent()),
                toProfile(row.getProfile()),
                row.getOrderFloor(),
                toInstant(row.getAt()));
    }

    static AgentReturned toEvent(AgentReturnedRow row) {
        known(row);
        require(row.hasProfile() && row.hasAt(), "a return's profile or time");
        return new AgentReturned(
                new AgentId(row.getAgent()),
                toProfile(row.getProfile()),
                row.getOrderFloor(),
                toInstant(row.getAt()));
    }

    static AgentLost toEvent(AgentLostRow row) {
        known(row);
        require(row.hasAt(), "a loss's time");
        return new AgentLost(new AgentId(row.getAgent()), toInstant(row.getAt()));
    }

    static OrderGiven toEvent(FrameworkShutdownOrderedRow row) {
        known(row);
        require(row.hasAt(), "an order's time");
        return new OrderGiven(
                new AgentId(row.getAgent()),
                row.getNumber(),
                new ShutdownFramework(new FrameworkId(row.getFramework())),
                toInstant(row.getAt()));
    }

    static OrderGiven toEvent(StrayKillOrderedRow row) {
        known(row);
        require(row.hasTask() && row.hasAt(), "an order's task or time");
        return new OrderGiven(
                new AgentId(row.getAgent()),
                row.getNumber(),
                new KillStray(toTaskKey(row.getTask())),
                toInstant(row.getAt()));
    }

    /// Only what a new leader would find: a snapshot holds nobody who is linked.
    static AgentRow of(Agent agent) {
        var row =
                AgentRow.newBuilder()
                        .setId(agent.id().value())
                        .setProfile(of(agent.profile()))
                        .setRegisteredAt(row(agent.registeredAt()))
                        .setReregisteredAt(row(agent.reregisteredAt()))
                        .setLastOrder(agent.lastOrder())
                        .setOperated(agent.operated());
        switch (agent.reach()) {
            case Reach.Unlinked(var since, var deadline) ->
                    row.setUnlinked(
                            UnlinkedRow.newBuilder()
                                    .setSince(row(since))
                                    .setDeadline(row(deadline)));
            case Reach.Unreachable(var since) ->
                    row.setUnreachable(UnreachableRow.newBuilder().setSince(row(since)));
            case Reach.Linked _ ->
                    throw new IllegalArgumentException("a link is not durable: " + agent.id());
        }
        return row.build();
    }

    static Agent toAgent(AgentRow row) {
        known(row);
        require(row.hasProfile(), "an agent's profile");
        require(row.hasRegisteredAt() && row.hasReregisteredAt(), "an agent's times");
        return new Agent(
                new AgentId(row.getId()),
                toProfile(row.getProfile()),
                toInstant(row.getRegisteredAt()),
                toInstant(row.getReregisteredAt()),
                toReach(row),
                row.getLastOrder(),
                row.getOperated());
    }

    private static Reach toReach(AgentRow row) {
        return switch (row.getReachCase()) {
            case UNLINKED -> toUnlinked(known(row.getUnlinked()));
            case UNREACHABLE -> {
                require(row.getUnreachable().hasSince(), "when an agent was lost");
                yield new Reach.Unreachable(toInstant(known(row.getUnreachable()).getSince()));
            }
            case REACH_NOT_SET -> throw new UnknownContent("an agent's reach is missing");
        };
    }

    private static Reach.Unlinked toUnlinked(UnlinkedRow row) {
        require(row.hasSince() && row.hasDeadline(), "an agent's deadline");
        return new Reach.Unlinked(toInstant(row.getSince()), toInstant(row.getDeadline()));
    }

    private static AgentProfileRow of(AgentProfile profile) {
        var row =
                AgentProfileRow.newBuilder()
                        .setHostname(profile.hostname())
                        .setPort(profile.port())
                        .addAllResources(ResourceRows.of(profile.resources()))
                        .setVersion(profile.version())
                        .setWire(row(profile.wire()))
                        .setIp(profile.site().ip())
                        .setIsRemote(profile.site().isRemote());
        profile.capabilities().stream()
                .sorted()
                .map(Codes.AGENT_CAPABILITIES::of)
                .forEach(row::addCapabilities);
        row.setPlace(of(profile.site()));
        return row.build();
    }

    private static PlaceRow of(Site site) {
        var row = PlaceRow.newBuilder();
        site.domain().ifPresent(domain -> row.setRegion(domain.region()).setZone(domain.zone()));
        site.attributes()
                .forEach((name, text) -> {
                    var attribute = PlaceRow.AttributeRow.newBuilder().setName(name);
                    text.ifPresent(attribute::setText);
                    row.addAttributes(attribute);
                });
        return row.build();
    }

    /// An older build did not keep it; the agent says it again when it next comes.
    private static Site toSite(AgentProfileRow profile) {
        if (!profile.hasPlace()) return new Site(profile.getIp(), profile.getIsRemote());
        var row = profile.getPlace();
        known(row);
        var attributes = new TreeMap<String, Optional<String>>();
        for (var attribute : row.getAttributesList()) {
            known(attribute);
            attributes.put(
                    attribute.getName(),
                    attribute.hasText() ? Optional.of(attribute.getText()) : Optional.empty());
        }
        return new Site(
                profile.getIp(),
                profile.getIsRemote(),
                row.hasRegion()
                        ? Optional.of(new Place.FaultDomain(row.getRegion(), row.getZone()))
                        : Optional.empty(),
                attributes);
    }

    private static AgentProfile toProfile(AgentProfileRow row) {
        known(row);
        var capabilities = EnumSet.noneOf(AgentCapability.class);
        for (var code : row.getCapabilitiesList())
            capabilities.add(Codes.AGENT_CAPABILITIES.from(code));
        return new AgentProfile(
                row.getHostname(),
                row.getPort(),
                ResourceRows.toResources(row.getResourcesList()),
                capabilities,
                row.getVersion(),
                toOpaque(row.getWire()),
                toSite(row));
    }
}
