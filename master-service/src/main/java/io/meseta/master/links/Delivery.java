package io.meseta.master.links;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.cluster.effect.Effect.Dismiss;
import io.meseta.master.core.cluster.effect.Effect.EndLink;
import io.meseta.master.core.cluster.effect.Effect.EndStream;
import io.meseta.master.core.cluster.effect.Effect.TellAgent;
import io.meseta.master.core.cluster.effect.Effect.TellFramework;
import io.meseta.master.engine.Answer;
import io.meseta.master.engine.Committed;
import io.meseta.master.engine.EffectRunner;
import io.meseta.master.leadership.Leadership.Role;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Acts upon what has been committed: says to frameworks and agents what concerns them.
///
/// The writer only leaves its batch here. One thread takes the batches in their order, puts them
/// into words and hands them to the streams, so the writer's time is not spent on messages. If it
/// falls behind by more than [#BATCHES_MAX] the peers of a batch are cut off: they come back, and
/// hear all that still holds.
public final class Delivery implements EffectRunner {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private static final int BATCHES_MAX = 4_096;
    private static final long STOP_WAIT_MILLIS = 5_000;

    private final BlockingQueue<Committed> batches = new ArrayBlockingQueue<>(BATCHES_MAX);
    private final Supplier<Role> role;
    private final Links links;
    private final FrameworkNews news;
    private final AgentWords words;
    private final Tallies tallies;
    private final Supplier<List<Witness>> witnesses;
    private final Thread thread;
    private volatile List<Witness> present = List.of();

    /// @param witnesses asked for once, when this is started
    Delivery(
            Supplier<Role> role,
            Links links,
            FrameworkNews news,
            AgentWords words,
            Tallies tallies,
            Supplier<List<Witness>> witnesses) {
        this.role = role;
        this.links = links;
        this.news = news;
        this.words = words;
        this.tallies = tallies;
        this.witnesses = witnesses;
        this.thread = Thread.ofPlatform().daemon().name("delivery").unstarted(this::loop);
    }

    void start() {
        present = List.copyOf(witnesses.get());
        thread.start();
    }

    @Override
    public void run(Committed committed) {
        for (var answer : committed.answers()) if (answer instanceof Answer.Broken it) tell(it);
        if (committed.events().isEmpty()) return;
        for (var witness : present) witness.saw(committed);
        if (!batches.offer(committed)) {
            LOG.atWarn()
                    .addKeyValue("effects", committed.effects().size())
                    .log("Delivery has fallen behind; the peers of a batch are cut off");
            for (var effect : committed.effects()) cut(committed.after(), effect);
        }
    }

    /// What it was about is left out: it may hold a tenant's secrets.
    private static void tell(Answer.Broken broken) {
        LOG.atError()
                .addKeyValue("command", broken.command().getSimpleName())
                .setCause(broken.fault())
                .log("The rules broke over a command, which was not carried out");
    }

    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(STOP_WAIT_MILLIS);
    }

    private void loop() {
        try {
            while (true) deliver(batches.take());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Committed committed) {
        tallies.count(committed);
        for (var effect : committed.effects())
            try {
                if (isReignOf(committed.after())) deliver(effect, committed.after());
            } catch (RuntimeException fault) {
                // One peer's message that can't be made must not keep the others from theirs; the
                // peer comes back and is told anew.
                LOG.atError()
                        .addKeyValue("effect", effect.getClass().getSimpleName())
                        .setCause(fault)
                        .log("A message could not be made; its peer is cut off");
                cut(committed.after(), effect);
            }
    }

    /// What a leader says whose reign is over by now, nobody must hear.
    private boolean isReignOf(Cluster cluster) {
        return role.get() instanceof Role.Leading(var epoch, _, _, _)
                && epoch.equals(cluster.reign().epoch());
    }

    private void deliver(Effect effect, Cluster cluster) {
        var epoch = cluster.reign().epoch();
        switch (effect) {
            case TellFramework(var id, var streamId, var told) ->
                    cluster.framework(id)
                            .ifPresent(reader ->
                                    links.find(epoch, id, streamId)
                                            .ifPresent(stream ->
                                                    news.events(told, reader, cluster)
                                                            .forEach(stream::say)));
            case EndStream(var id, var streamId, var error) ->
                    links.find(epoch, id, streamId)
                            .ifPresent(stream ->
                                    error.ifPresentOrElse(stream::refuse, stream.outgoing()::end));
            case TellAgent(var id, var linkId, var word) ->
                    links.find(epoch, id, linkId)
                            .ifPresent(link -> link.say(words.message(word, id, cluster)));
            case EndLink(var id, var linkId, var reason) ->
                    links.find(epoch, id, linkId).ifPresent(link -> link.bid(reason));
            case Dismiss(var id, var linkId, var then, var reason) ->
                    links.find(epoch, id, linkId)
                            .ifPresent(link -> link.dismiss(AgentWords.goodbye(then, reason)));
        }
    }

    private void cut(Cluster cluster, Effect effect) {
        var epoch = cluster.reign().epoch();
        switch (effect) {
            case TellFramework(var id, var stream, _) ->
                    links.find(epoch, id, stream).ifPresent(each -> each.outgoing().cut());
            case EndStream(var id, var stream, _) ->
                    links.find(epoch, id, stream).ifPresent(each -> each.outgoing().cut());
            case TellAgent(var id, var link, _) ->
                    links.find(epoch, id, link).ifPresent(each -> each.outgoing().cut());
            case EndLink(var id, var link, _) ->
                    links.find(epoch, id, link).ifPresent(each -> each.outgoing().cut());
            case Dismiss(var id, var link, _, _) ->
                    links.find(epoch, id, link).ifPresent(each -> each.outgoing().cut());
        }
    }
}
