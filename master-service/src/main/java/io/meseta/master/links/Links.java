package io.meseta.master.links;

import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.doors.Format;
import io.meseta.master.wire.Times;
import io.meseta.mesos.v1.scheduler.Event;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.platform.streams.OutboxLimits;
import io.meseta.platform.streams.StreamEnd;
import io.meseta.platform.streams.StreamOutboxes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every stream that is open, or is about to be.
///
/// A stream is expected first, so that news of its subscription find it, then opened or forgotten.
public final class Links {

    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    private static final int ID_CHARACTERS_MAX = 128;

    private final StreamOutboxes outboxes;
    private final LinksProperties limits;
    private final InstantSource clock;
    private final Losses losses;
    private final FrameworkCounts counts;
    private final Map<StreamId, FrameworkStream> frameworks = new ConcurrentHashMap<>();
    private final Map<LinkId, AgentLink> agents = new ConcurrentHashMap<>();

    Links(
            StreamOutboxes outboxes,
            LinksProperties limits,
            InstantSource clock,
            Losses losses,
            FrameworkCounts counts) {
        this.outboxes = outboxes;
        this.limits = limits;
        this.clock = clock;
        this.losses = losses;
        this.counts = counts;
    }

    /// A place for a framework's stream; empty if there are too many.
    public Optional<FrameworkStream> expectFramework(Epoch epoch, Format format) {
        if (frameworks.size() >= limits.frameworksMax()) return Optional.empty();
        var id = new StreamId(UUID.randomUUID().toString());
        var stream = new FrameworkStream(id, format, epoch, counts);
        frameworks.put(id, stream);
        return Optional.of(stream);
    }

    /// Makes the answer to a subscription the framework's stream.
    public void open(
            FrameworkStream stream, HttpServletRequest request, HttpServletResponse response) {
        stream.outgoing()
                .open(outboxes.open(request, response, outbox(), end -> closed(stream, end)));
    }

    /// The subscription was not decided on, so there will be no stream.
    public void forget(FrameworkStream stream) {
        frameworks.remove(stream.id());
    }

    /// A place for an agent's link; empty if there are too many.
    ///
    /// @param principal whose it will be; empty where nobody is asked
    public Optional<AgentLink> expectAgent(Epoch epoch, String principal) {
        if (agents.size() >= limits.agentsMax()) return Optional.empty();
        var id = new LinkId(UUID.randomUUID().toString());
        var link = new AgentLink(id, epoch, principal, now());
        agents.put(id, link);
        return Optional.of(link);
    }

    /// Makes the answer to a hello the agent's link.
    public void open(
            AgentLink link,
            AgentId agent,
            HttpServletRequest request,
            HttpServletResponse response) {
        // At once, for the agent may speak before its welcome has been said.
        link.belongsTo(agent);
        link.outgoing().open(outboxes.open(request, response, outbox(), end -> closed(link, end)));
    }

    /// The hello was refused, so there will be no link.
    public void forget(AgentLink link) {
        agents.remove(link.id());
    }

    /// The link of that name, if it is this principal's; the agent has given a sign of life.
    public Optional<AgentLink> hear(String id, String principal) {
        if (id.isEmpty() || id.length() > ID_CHARACTERS_MAX) return Optional.empty();
        var link =
                Optional.ofNullable(agents.get(new LinkId(id)))
                        .filter(each -> each.principal().equals(principal));
        link.ifPresent(found -> found.heard(now()));
        return link;
    }

    /// Says something to a framework of which the writer need not hear.
    public void tell(StreamId id, Event event) {
        Optional.ofNullable(frameworks.get(id)).ifPresent(stream -> stream.say(event));
    }

    /// The time for such messages, in seconds.
    public double seconds() {
        return Times.seconds(clock.instant());
    }

    private AgentLink.Heard now() {
        return new AgentLink.Heard(System.nanoTime(), clock.instant());
    }

    Collection<FrameworkStream> frameworks() {
        return frameworks.values();
    }

    Collection<AgentLink> agents() {
        return agents.values();
    }

    /// A framework's stream; if it has ended, the writer hears of it once more.
    Optional<FrameworkStream> find(Epoch epoch, FrameworkId framework, StreamId id) {
        var stream = Optional.ofNullable(frameworks.get(id));
        if (stream.isEmpty()) losses.stream(epoch, new Command.LoseStream(framework, id));
        else stream.get().belongsTo(framework);
        return stream;
    }

    /// An agent's link; if it has ended, the writer hears of it once more.
    Optional<AgentLink> find(Epoch epoch, AgentId agent, LinkId id) {
        var link = Optional.ofNullable(agents.get(id));
        if (link.isEmpty()) losses.link(epoch, new Command.LoseLink(agent, id, clock.instant()));
        else link.get().belongsTo(agent);
        return link;
    }

    private void closed(FrameworkStream stream, StreamEnd end) {
        frameworks.remove(stream.id());
        stream.framework()
                .ifPresent(framework -> {
                    LOG.atInfo()
                            .addKeyValue("framework", framework)
                            .addKeyValue("reason", end)
                            .log("A framework's stream has ended");
                    var loss = new Command.LoseStream(framework, stream.id());
                    losses.stream(stream.epoch(), loss);
                });
    }

    private void closed(AgentLink link, StreamEnd end) {
        agents.remove(link.id());
        link.agent()
                .ifPresent(agent -> {
                    LOG.atInfo()
                            .addKeyValue("agent", agent)
                            .addKeyValue("reason", end)
                            .log("An agent's link has ended");
                    lose(link, agent);
                });
    }

    /// Gives up an agent that has been silent for too long.
    void giveUp(AgentLink link) {
        link.bid("nothing was heard from this agent for too long");
        agents.remove(link.id());
        link.agent().ifPresent(agent -> lose(link, agent));
    }

    private void lose(AgentLink link, AgentId agent) {
        losses.link(link.epoch(), new Command.LoseLink(agent, link.id(), link.heard().at()));
    }

    private OutboxLimits outbox() {
        return new OutboxLimits((int) limits.outboxMax().toBytes(), limits.stallMax());
    }
}
