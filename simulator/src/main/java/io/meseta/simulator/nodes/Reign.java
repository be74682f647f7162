package io.meseta.simulator.nodes;

import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Moment;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.engine.Committer;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.MasterId;
import io.meseta.simulator.ledger.Attention;
import io.meseta.simulator.ledger.Patience;
import io.meseta.simulator.world.Pipe;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What one master holds in memory while it leads.
final class Reign {

    final Epoch epoch;
    final MasterId master;
    final Committer committer;
    final Map<StreamId, Stream> streams = new LinkedHashMap<>();
    final Map<LinkId, Link> links = new LinkedHashMap<>();
    final Deque<Submission> inbox = new ArrayDeque<>();
    final Patience patience;
    final Attention attention = new Attention();
    boolean isStepPlanned;
    long leaseUntil;
    long snapshotAfter;
    private long conversations;
    private Instant latest;

    record Submission(Command command, Consumer<Answer> answer) {}

    /// A framework's stream; whose it is, is known once it has subscribed.
    static final class Stream {
        final Pipe<ToFramework> pipe;
        final Pending<FrameworkId> owner = new Pending<>();

        Stream(Pipe<ToFramework> pipe) {
            this.pipe = pipe;
        }
    }

    /// An agent's link; whose it is, is known once it has been welcomed.
    static final class Link {
        final Pipe<ToAgent> pipe;
        final Pending<AgentId> owner = new Pending<>();
        Instant lastHeard;

        Link(Pipe<ToAgent> pipe, Instant at) {
            this.pipe = pipe;
            this.lastHeard = at;
        }
    }

    /// @param told how it is to lead
    Reign(Epoch epoch, MasterId master, Committer committer, Terms told, Instant latest) {
        this.patience = new Patience(told.offers());
        this.epoch = epoch;
        this.master = master;
        this.committer = committer;
        this.latest = latest;
    }

    /// The moment of the next batch; a clock that was set back stands still for a while.
    Moment moment(Instant wall, long seed) {
        if (wall.isAfter(latest)) latest = wall;
        return new Moment(latest, seed);
    }

    String nextConversation() {
        return master + "-" + ++conversations;
    }

    /// Those of whom it believes that they listen, and whose connections are broken.
    Set<String> deaf() {
        var deaf = new TreeSet<String>();
        for (var framework : committer.current().frameworks().values())
            framework.stream()
                    .filter(id -> !isOpen(streams.get(id)))
                    .ifPresent(id -> deaf.add(framework.id() + " on " + id));
        for (var agent : committer.current().agents().values())
            agent.link()
                    .filter(id -> !isOpen(links.get(id)))
                    .ifPresent(id -> deaf.add(agent.id() + " on " + id));
        return deaf;
    }

    private static boolean isOpen(@Nullable Stream stream) {
        return stream != null && !stream.pipe.isBroken();
    }

    private static boolean isOpen(@Nullable Link link) {
        return link != null && !link.pipe.isBroken();
    }
}
