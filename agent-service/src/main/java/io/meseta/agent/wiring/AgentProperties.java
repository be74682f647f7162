package io.meseta.agent.wiring;

import io.meseta.agent.fetch.FetchLimits;
import io.meseta.agent.fetch.FetchSettings;
import io.meseta.agent.logs.LogSettings;
import io.meseta.agent.master.ExecutorTerms;
import io.meseta.agent.master.LinkSettings;
import io.meseta.agent.resources.Reconfiguration;
import io.meseta.agent.sandbox.GcSettings;
import io.meseta.mesos.v1.DomainInfo;
import io.meseta.mesos.v1.DomainInfo.FaultDomain;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The agent's settings, `meseta.agent.*`.
///
/// @param workDir where everything of this agent lies; each agent has one of its own
/// @param masters tried in turn
/// @param hostname how others reach this machine; empty for the server's address
/// @param resources `name(role):value;…`, a JSON array of resources, or `file:///…` with either in
///   it; what it does not name is found out
/// @param attributes `key:value;…`
/// @param place what the machine is to the cluster
/// @param switchUser whether tasks run as the users they name
@ConfigurationProperties("meseta.agent")
public record AgentProperties(
        @Nullable Path workDir,
        @DefaultValue("http://127.0.0.1:5050") List<URI> masters,
        @DefaultValue("") String hostname,
        @DefaultValue("") String resources,
        @DefaultValue("") String attributes,
        @DefaultValue Place place,
        @DefaultValue("true") boolean switchUser,
        @DefaultValue Gc gc,
        @DefaultValue Tasks tasks,
        @DefaultValue Link link) {

    /// What tasks may do, and how long they are waited for.
    public record Tasks(
            @DefaultValue Fetch fetch,
            @DefaultValue Executors executors,
            @DefaultValue Logs logs) {}

    /// What is kept of what tasks write: see [LogSettings].
    ///
    /// @param sizeMax 0 for no rotation
    public record Logs(
            @DefaultValue("0") DataSize sizeMax,
            @DefaultValue("5") int filesMax,
            @DefaultValue("true") boolean compressed,
            @DefaultValue("1s") Duration interval) {

        LogSettings toSettings() {
            return new LogSettings(sizeMax.toBytes(), filesMax, compressed, interval);
        }
    }

    /// How long executors may take for what, by the names of Mesos' flags.
    ///
    /// @param registrationTimeout from an executor's start to its first word
    /// @param reregistrationTimeout from this agent's start to the return of one that was there
    /// @param shutdownGracePeriod to end by itself, unless it names another
    /// @param recoveryTimeout how long executors are told to wait for an agent that is away
    public record Executors(
            @DefaultValue("1m") Duration registrationTimeout,
            @DefaultValue("2s") Duration reregistrationTimeout,
            @DefaultValue("5s") Duration shutdownGracePeriod,
            @DefaultValue("15m") Duration recoveryTimeout) {

        public Executors {
            if (!reregistrationTimeout.isPositive() || !recoveryTimeout.isPositive())
                throw new IllegalArgumentException("executors must be given time to come back");
        }

        ExecutorTerms toTerms() {
            return new ExecutorTerms(registrationTimeout, shutdownGracePeriod);
        }
    }

    /// Where the machine is, whose it is, and how much of what the agent says of it may change.
    ///
    /// @param defaultRole whose the resources are that name no role; `*` for everybody's
    /// @param oversubscribed what is offered as revocable beside the resources, such as `cpus:2`
    /// @param domain the fault domain, `region/zone`; empty for none
    /// @param reconfigurationPolicy from one start to the next
    public record Place(
            @DefaultValue("*") String defaultRole,
            @DefaultValue("") String oversubscribed,
            @DefaultValue("") String domain,
            @DefaultValue("equal") Reconfiguration.Policy reconfigurationPolicy) {

        public Place {
            if (!domain.isEmpty() && !domain.matches("[^/]{1,128}/[^/]{1,128}"))
                throw new IllegalArgumentException("meseta.agent.place.domain is not region/zone");
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

    /// When sandboxes are deleted: see [GcSettings].
    public record Gc(
            @DefaultValue("7d") Duration delay,
            @DefaultValue("0.1") double diskHeadroom,
            @DefaultValue("1m") Duration interval) {

        GcSettings toSettings() {
            return new GcSettings(delay, diskHeadroom, interval);
        }
    }

    /// What a task may fetch, and how: see [FetchLimits] and [FetchSettings].
    ///
    /// @param cacheMax of all files that are kept for the next task; 0 for none
    public record Fetch(
            @DefaultValue("20GB") DataSize bytesMax,
            @DefaultValue("500000") int entriesMax,
            @DefaultValue("1m") Duration stall,
            @DefaultValue("1h") Duration total,
            @DefaultValue("2GB") DataSize cacheMax,
            @DefaultValue("") String hadoopClient) {

        FetchSettings toSettings(Path cache) {
            return new FetchSettings(
                    new FetchLimits(bytesMax.toBytes(), entriesMax, stall, total),
                    cache,
                    cacheMax.toBytes(),
                    hadoopClient);
        }
    }

    /// The pauses between attempts to reach a master.
    public record Link(
            @DefaultValue("200ms") Duration backoffMin, @DefaultValue("10s") Duration backoffMax) {}

    public AgentProperties {
        if (workDir == null) {
            throw new IllegalArgumentException(
                    "meseta.agent.work-dir is not set: name a directory for this agent");
        }
        workDir = workDir.toAbsolutePath().normalize();
        masters = List.copyOf(masters);
        gc.toSettings();
        tasks.fetch().toSettings(workDir);
        tasks.executors().toTerms();
        tasks.logs().toSettings();
        new LinkSettings(masters, link.backoffMin(), link.backoffMax());
    }

    Path work() {
        var directory = workDir;
        if (directory == null) throw new IllegalStateException("checked when it was made");
        return directory;
    }

    LinkSettings linkSettings() {
        return new LinkSettings(masters, link.backoffMin(), link.backoffMax());
    }
}
