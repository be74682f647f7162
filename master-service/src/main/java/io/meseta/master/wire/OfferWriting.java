package io.meseta.master.wire;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.upkeep.InverseOffer;
import io.meseta.master.core.upkeep.Premises;
import io.meseta.master.core.upkeep.Unavailability;
import io.meseta.master.core.upkeep.Upkeep;
import io.meseta.mesos.resources.ResourceWriting;
import io.meseta.mesos.v1.Address;
import io.meseta.mesos.v1.DurationInfo;
import io.meseta.mesos.v1.Resource.AllocationInfo;
import io.meseta.mesos.v1.TimeInfo;
import io.meseta.mesos.v1.URL;
import io.meseta.model.FrameworkCapability;
import java.util.Optional;
import java.util.regex.Pattern;

/// Writes offers as the framework that gets them reads them.
public final class OfferWriting {

    /// Where an agent's own endpoints begin, by the name that its process has in Mesos.
    private static final String AGENT_PATH = "/slave(1)";

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private OfferWriting() {}

    /// @param upkeep what operators want of the agent's machine
    public static io.meseta.mesos.v1.Offer write(
            Offer offer, Framework reader, Agent agent, Upkeep upkeep) {
        var profile = reader.profile();
        return write(
                offer,
                agent,
                profile.can(FrameworkCapability.MULTI_ROLE),
                profile.can(FrameworkCapability.RESERVATION_REFINEMENT)
                        ? ResourceWriting.Form.NEWER
                        : ResourceWriting.Form.OLDER,
                upkeep);
    }

    /// As operators are shown it, whatever its framework understands.
    public static io.meseta.mesos.v1.Offer shown(Offer offer, Agent agent, Upkeep upkeep) {
        return write(offer, agent, true, ResourceWriting.Form.NEWER, upkeep);
    }

    private static io.meseta.mesos.v1.Offer write(
            Offer offer, Agent agent, boolean hasRoles, ResourceWriting.Form form, Upkeep upkeep) {
        var role = offer.grant().role();
        var resources = new ResourceWriting(form, hasRoles ? Optional.of(role) : Optional.empty());
        var info = Sealed.agent(agent.profile().wire());
        var wire =
                io.meseta.mesos.v1.Offer.newBuilder()
                        .setId(WireNames.id(offer.id()))
                        .setFrameworkId(WireNames.id(offer.framework()))
                        .setAgentId(WireNames.id(offer.agent()))
                        .setHostname(agent.profile().hostname())
                        .addAllResources(resources.write(offer.grant().resources()))
                        .addAllAttributes(info.getAttributesList())
                        .setUrl(url(agent));
        if (hasRoles) wire.setAllocationInfo(AllocationInfo.newBuilder().setRole(role.name()));
        if (info.hasDomain()) wire.setDomain(info.getDomain());
        upkeep.maintenance()
                .unavailability(Premises.machine(agent))
                .ifPresent(away -> wire.setUnavailability(unavailability(away)));
        return wire.build();
    }

    /// What a framework is asked to leave; its resources are all.
    public static io.meseta.mesos.v1.InverseOffer write(InverseOffer offer, Agent agent) {
        return io.meseta.mesos.v1.InverseOffer.newBuilder()
                .setId(WireNames.id(offer.id()))
                .setUrl(url(agent))
                .setFrameworkId(WireNames.id(offer.spot().framework()))
                .setAgentId(WireNames.id(offer.spot().agent()))
                .setUnavailability(unavailability(offer.unavailability()))
                .build();
    }

    public static io.meseta.mesos.v1.Unavailability unavailability(Unavailability away) {
        var wire =
                io.meseta.mesos.v1.Unavailability.newBuilder()
                        .setStart(TimeInfo.newBuilder().setNanoseconds(away.startNanos()));
        away.durationNanos()
                .ifPresent(
                        nanos -> wire.setDuration(DurationInfo.newBuilder().setNanoseconds(nanos)));
        return wire.build();
    }

    private static URL url(Agent agent) {
        var host = agent.profile().hostname();
        var address = Address.newBuilder().setHostname(host).setPort(agent.profile().port());
        // Elsewhere only the agent's own words say where it is; the other end of its link may be a
        // gateway.
        if (IPV4.matcher(host).matches()) address.setIp(host);
        else if (!agent.profile().site().ip().isEmpty()) address.setIp(agent.profile().site().ip());
        return URL.newBuilder().setScheme("http").setAddress(address).setPath(AGENT_PATH).build();
    }
}
