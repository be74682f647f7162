package io.meseta.simulator.nodes;

import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Moment;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Committed;
import io.meseta.master.engine.Committer;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Snapshot;
import io.meseta.model.MasterId;
import io.meseta.simulator.habits.Sharer;
import io.meseta.simulator.store.JournalPort;
import io.meseta.simulator.store.Lease;
import io.meseta.simulator.world.Node;
import io.meseta.simulator.world.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A master: the real committer in a shell that keeps to its order: durable, visible, answered,
/// acted upon. It may crash between any two of these steps.
public final class SimulatedMaster {

    private static final int CRASH_ONE_IN = 4_000;
    private static final int PAUSE_ONE_IN = 16_000;
    private static final long PAUSE_MILLIS_MAX = 12_000;
    private static final int BATCH_MAX = 8;
    private static final long SEEK_MILLIS = 700;
    private static final long RENEW_MILLIS = Lease.LENGTH_MILLIS / 4;
    private static final long TICK_MILLIS = 1_000;
    private static final long HEARTBEAT_MILLIS = 15_000;
    private static final long RESTART_MILLIS_MAX = 30_000;

    private final World world;
    private final Node node;
    private final Sharer sharer;
    private final Following following;
    private @Nullable Reign reign;

    /// @param sharer by what terms it leads
    public SimulatedMaster(World world, String name, Sharer sharer) {
        this.world = world;
        this.sharer = sharer;
        this.node = new Node(name, world.agenda());
        this.following = new Following(world, node);
        following.start();
        seek();
    }

    public Node node() {
        return node;
    }

    /// What it believes while it leads.
    public Optional<Cluster> leads() {
        return Optional.ofNullable(reign).map(each -> each.committer.current());
    }

    /// The newest entry that it knows; 0 if it does not lead.
    public long sequence() {
        return reign == null ? 0 : reign.committer.sequence();
    }

    public void crash() {
        note("crashes");
        reign = null;
        node.crash();
        node.outlasting(world.chance().between(10, RESTART_MILLIS_MAX), this::start);
    }

    /// Ends a reign as a planned restart would.
    public void stepDown() {
        var ending = reign;
        if (ending == null) return;
        end(ending, "steps down");
        world.store().lease().giveBack(node.name(), ending.epoch);
    }

    void ask(Command command, Consumer<Answer> answer) {
        var current = reign;
        if (current == null) {
            answer.accept(new Answer.NotLeading());
            return;
        }
        if (command instanceof Command.FromAgent report) {
            var link = current.links.get(report.link());
            if (link != null) link.lastHeard = node.wall();
        }
        submit(current, command, answer);
    }

    void subscribe(
            Function<StreamId, Command> command, Pipe<ToFramework> pipe, Consumer<Answer> answer) {
        var current = reign;
        if (current == null) {
            answer.accept(new Answer.NotLeading());
            return;
        }
        var id = new StreamId(current.nextConversation());
        var stream = new Reign.Stream(pipe.orDead());
        current.streams.put(id, stream);
        stream.pipe.open(() ->
                stream.owner.whenKnown(framework ->
                        submit(
                                current,
                                new Command.LoseStream(framework, id),
                                _ -> current.streams.remove(id))));
        submit(current, command.apply(id), answer);
    }

    void greet(Function<LinkId, Command> command, Pipe<ToAgent> pipe, Consumer<Answer> answer) {
        var current = reign;
        if (current == null) {
            answer.accept(new Answer.NotLeading());
            return;
        }
        var id = new LinkId(current.nextConversation());
        var link = new Reign.Link(pipe.orDead(), node.wall());
        current.links.put(id, link);
        link.pipe.open(() ->
                link.owner.whenKnown(agent ->
                        submit(
                                current,
                                new Command.LoseLink(agent, id, link.lastHeard),
                                _ -> current.links.remove(id))));
        submit(current, command.apply(id), answer);
    }

    private void start() {
        node.start();
        note("starts");
        following.start();
        seek();
    }

    private void seek() {
        node.later(world.chance().between(SEEK_MILLIS / 2, SEEK_MILLIS), this::seekNow);
    }

    private void seekNow() {
        long asked = node.now();
        var epoch = world.store().lease().take(node.name(), asked);
        if (epoch.isEmpty()) {
            seek();
            return;
        }
        // The answer takes its time, and the lease counts from before the question.
        node.later(world.chance().between(1, 20), () -> takeOver(epoch.get(), asked));
    }

    private void takeOver(Epoch epoch, long asked) {
        long life = node.life();
        var port =
                new JournalPort(
                        world.store().log(), node, world.chance(), world.weather(), world.trace());
        var journal = world.workings().journal(port, world.store().log());
        var master = new MasterId("M" + epoch.number());
        var told = sharer.terms(world.chance());
        var lead = new Command.Lead(epoch, master, world.workings().terms(told));
        try {
            var recovered = following.recover(journal.raise(epoch));
            var wall = node.wall();
            var at = recovered.newestAt().filter(wall::isBefore).orElse(wall);
            var moment = new Moment(at, world.chance().seed());
            var committer = Committer.lead(journal, recovered.replay(), lead, moment);
            following.end();
            var next = new Reign(epoch, master, committer, told, moment.at());
            next.leaseUntil = asked + Lease.LENGTH_MILLIS;
            next.snapshotAfter = committer.sequence() + world.chance().between(100, 600);
            reign = next;
            note("leads in epoch " + epoch.number() + " from entry " + committer.sequence());
            world.ledger().tookOver(committer.current(), committer.sequence());
            renew(next);
            tick(next);
            heartbeat(next);
        } catch (JournalFault fault) {
            note("can't lead in epoch " + epoch.number() + ": " + fault.getMessage());
            world.store().lease().giveBack(node.name(), epoch);
            seek();
        } catch (JournalPort.Crashed crashed) {
            if (node.life() == life) throw new AssertionError("crashed without a crash", crashed);
        }
    }

    private void renew(Reign current) {
        node.later(
                RENEW_MILLIS,
                () -> {
                    if (reign != current) return;
                    long asked = node.now();
                    boolean isLost = world.mishap(30);
                    if (!isLost && world.store().lease().renew(node.name(), current.epoch, asked))
                        current.leaseUntil = asked + Lease.LENGTH_MILLIS;
                    if (mayWrite(current)) renew(current);
                    else end(current, "has lost its lease");
                });
    }

    private void tick(Reign current) {
        node.later(
                TICK_MILLIS,
                () -> {
                    if (reign != current) return;
                    current.attention.ticked(current.deaf());
                    current.patience.ticked(current.committer.current(), node.wall());
                    var due = current.committer.current().nextDue();
                    if (due.isPresent() && !due.get().isAfter(node.wall()))
                        submit(current, new Command.Tick(), _ -> {});
                    tick(current);
                });
    }

    /// Agents whose links hold are heard of now and then, whatever else they say.
    private void heartbeat(Reign current) {
        node.later(
                HEARTBEAT_MILLIS,
                () -> {
                    if (reign != current) return;
                    for (var link : current.links.values())
                        if (!link.pipe.isBroken()) link.lastHeard = node.wall();
                    heartbeat(current);
                });
    }

    private void submit(Reign current, Command command, Consumer<Answer> answer) {
        if (reign != current) {
            answer.accept(new Answer.Unclear());
            return;
        }
        if (!world.workings().passes(command)) return;
        current.inbox.add(new Reign.Submission(world.workings().reads(command), answer));
        planStep(current);
    }

    private void planStep(Reign current) {
        if (current.isStepPlanned || current.inbox.isEmpty()) return;
        current.isStepPlanned = true;
        node.later(world.chance().between(0, 3), () -> step(current));
    }

    private boolean mayWrite(Reign current) {
        return reign == current && node.now() < current.leaseUntil;
    }

    private void step(Reign current) {
        current.isStepPlanned = false;
        if (reign != current) return;
        if (!mayWrite(current)) {
            end(current, "has lost its lease");
            return;
        }
        var batch = new ArrayList<Reign.Submission>();
        long size = world.chance().between(1, BATCH_MAX);
        while (batch.size() < size && !current.inbox.isEmpty()) batch.add(current.inbox.poll());
        commit(current, batch);
        if (reign == current) planStep(current);
    }

    private void commit(Reign current, List<Reign.Submission> batch) {
        if (stops()) return;
        Committed committed;
        try {
            var commands = batch.stream().map(Reign.Submission::command).toList();
            var moment = current.moment(node.wall(), world.chance().seed());
            committed = world.workings().committed(current.committer.commit(commands, moment));
        } catch (JournalPort.Crashed _) {
            return;
        } catch (JournalFault fault) {
            batch.forEach(each -> each.answer().accept(new Answer.Unclear()));
            end(current, "can't write: " + fault.getMessage());
            return;
        }
        note("commits " + batch.size() + " to entry " + committed.sequence());
        world.ledger().committed(committed);
        if (stops()) return;
        world.ledger().answered(committed.sequence());
        for (int i = 0; i < batch.size(); i++)
            batch.get(i).answer().accept(new Answer.Decided(committed.answers().get(i).decision()));
        for (var effect : world.workings().effects(committed)) {
            if (stops()) return;
            // It may have stood still, and then nobody must hear what it has to say.
            if (!mayWrite(current)) return;
            act(current, effect);
        }
        saveSometimes(current, committed);
    }

    private void saveSometimes(Reign current, Committed committed) {
        if (committed.sequence() < current.snapshotAfter) return;
        current.snapshotAfter = committed.sequence() + world.chance().between(100, 600);
        var snapshot = new Snapshot(committed.sequence(), node.wall(), committed.after());
        world.store().log().save(world.workings().snapshot(snapshot));
        note("saves its state at entry " + committed.sequence());
    }

    private void act(Reign current, Effect effect) {
        switch (effect) {
            case Effect.TellFramework(var framework, var id, var news) -> {
                var stream = current.streams.get(id);
                if (stream == null) return;
                if (news instanceof Effect.News.Subscribed) stream.owner.is(framework);
                stream.pipe.send(new ToFramework.Heard(framework, id, news));
            }
            case Effect.EndStream(_, var id, var error) -> {
                var stream = current.streams.remove(id);
                if (stream == null) return;
                stream.pipe.send(new ToFramework.Over(error));
                stream.pipe.close();
            }
            case Effect.TellAgent(var agent, var id, var word) -> {
                var link = current.links.get(id);
                if (link == null) return;
                if (word instanceof Effect.Word.Welcome) link.owner.is(agent);
                link.pipe.send(
                        new ToAgent.Told(agent, id, current.master, current.epoch.number(), word));
            }
            case Effect.Dismiss(_, var id, var then, _) -> {
                var link = current.links.remove(id);
                if (link == null) return;
                link.pipe.send(new ToAgent.Dismissed(then));
                link.pipe.close();
            }
            case Effect.EndLink(_, var id, _) -> {
                var link = current.links.remove(id);
                if (link == null) return;
                link.pipe.send(new ToAgent.Over());
                link.pipe.close();
            }
        }
    }

    private void end(Reign ending, String why) {
        if (reign != ending) return;
        note(why);
        reign = null;
        for (var submission : ending.inbox) submission.answer().accept(new Answer.Unclear());
        for (var stream : ending.streams.values()) stream.pipe.close();
        for (var link : ending.links.values()) link.pipe.close();
        following.begin();
        seek();
    }

    /// Between two lines it may crash, or stand still for a while and then go on as if nothing had
    /// happened.
    ///
    /// @return whether it has crashed
    private boolean stops() {
        if (world.mishap(CRASH_ONE_IN)) {
            crash();
            return true;
        }
        if (!world.mishap(PAUSE_ONE_IN)) return false;
        long life = node.life();
        long millis = world.chance().between(1, PAUSE_MILLIS_MAX);
        note("stands still for " + millis + " ms between two lines");
        node.hang(millis);
        return node.life() != life;
    }

    private void note(String what) {
        world.trace().note(node.name(), what);
    }
}
