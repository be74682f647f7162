package io.meseta.simulator.ledger;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.allocator.Grant;
import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.gang.GangEvent;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.task.Placement;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.engine.Committed;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Replay;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.model.TaskKey;
import io.meseta.simulator.store.SharedLog;
import io.meseta.simulator.world.BrokenPromise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// Watches everybody and checks what they do against each other.
public final class Ledger {

    private final SharedLog log;
    private final Diligence diligence;

    /// Of each id all launches, the newest last.
    private final Map<TaskKey, List<TaskStory>> stories = new TreeMap<>();

    /// One for each reign: a leader that has been replaced may not know it yet, and goes on with
    /// what need not be recorded.
    private final Map<Epoch, Entitlements> entitlements = new TreeMap<>();

    private final Estates estates = new Estates();
    private final Groups groups = new Groups();
    private final Fleet fleet = new Fleet();
    private final Levels levels = new Levels();
    private long newestAnswered;
    private long batches;

    public Ledger(SharedLog log, Diligence diligence) {
        this.log = log;
        this.diligence = diligence;
        log.follow(this::written);
    }

    /// A master has made a batch durable, and nobody knows yet.
    public void committed(Committed batch) {
        var touched = new TreeSet<AgentId>();
        var given = new ArrayList<Grant>();
        var made = new ArrayList<Offer>();
        var entitled =
                entitlements.computeIfAbsent(
                        batch.after().reign().epoch(), _ -> new Entitlements());
        touched.addAll(fleet.committed(batch));
        for (var event : batch.events()) {
            entitled.after(event, batch.after());
            switch (event) {
                case Event.OfTask(TaskEvent.TaskLaunched(_, _, var placement)) ->
                        touched.add(placement.agent());
                case Event.OfOffer(OfferEvent.OfferMade(var offer)) -> {
                    touched.add(offer.agent());
                    if (!offer.isCopy()) made.add(offer);
                    if (!offer.isCopy() && offer.gang().isEmpty()) given.add(offer.grant());
                }
                case Event.OfOffer(OfferEvent.CopyCounted(var copy)) -> {
                    touched.add(copy.agent());
                    given.add(copy.grant());
                }
                case Event.OfOffer(OfferEvent.OfGang(GangEvent.SetHeld(_, _, var grant, _))) ->
                        given.add(grant);
                case Event.OfAgent(AgentEvent.AgentReturned(var agent, _, _, _)) ->
                        touched.add(agent);
                case Event.OfCluster _,
                        Event.OfFramework _,
                        Event.OfAgent _,
                        Event.OfTask _,
                        Event.OfExecutor _,
                        Event.OfOperation _,
                        Event.OfRole _,
                        Event.OfUpkeep _,
                        Event.OfOffer _ -> {}
            }
        }
        for (var agent : touched) Books.check(batch.after(), agent);
        Quotas.check(batch.after(), given);
        Departing.check(batch.after(), made);
        Precedence.check(batch);
        Contests.check(batch);
        Gatherings.check(batch);
        if (++batches % diligence.batchesPerOfferCheck() == 0) checkOffers(batch.after());
        if (batches % diligence.batchesPerFullCheck() == 0)
            checkWhole(batch.after(), batch.sequence());
    }

    /// Everything that somebody could have has been offered.
    public void checkOffers(Cluster cluster) {
        Quotas.checkNothingIsLeft(cluster);
        Quotas.checkNothingIsKept(cluster);
    }

    /// All that the agent has, as far as it was ever recorded.
    public Resources whole(AgentId agent) {
        return estates.whole(agent);
    }

    public Groups groups() {
        return groups;
    }

    private void written(Entry entry) {
        estates.written(entry.events());
        groups.written(entry.events());
        fleet.written(entry.events());
        levels.written(entry.events());
        for (var event : entry.events()) {
            if (event instanceof Event.OfTask(TaskEvent.TaskLaunched(var key, _, var placement)))
                stories.computeIfAbsent(key, _ -> new ArrayList<>())
                        .add(story(key, placement, log.witness().cluster()));
            if (event instanceof Event.OfTask(TaskEvent.StatusDeclared(var key, var status)))
                if (status.isTerminal()) newest(key).ifPresent(TaskStory::declaredOver);
        }
    }

    /// Somebody outside has been told of everything up to that entry.
    public void answered(long sequence) {
        newestAnswered = Math.max(newestAnswered, sequence);
    }

    /// A master has begun to lead.
    public void tookOver(Cluster cluster, long sequence) {
        // It may have taken so long that the next one has taken over already.
        if (!cluster.reign().epoch().equals(log.head().epoch())) return;
        unless(
                sequence > newestAnswered,
                "a new leader begins at entry %d, and %d was answered for"
                        .formatted(sequence, newestAnswered));
        levels.check(cluster);
        // What recovery makes of the journal is what it leads with.
        checkAgainstJournal(cluster, sequence);
    }

    /// A master that does not lead has followed the journal so far.
    public void followed(Cluster cluster, long sequence) {
        var witness = log.witness();
        if (witness.nextSequence() != sequence + 1) return;
        unless(
                witness.cluster().durable().equals(cluster.durable()),
                "entry " + sequence + ": a standby's state is not what the journal makes of it");
    }

    /// Compares a leader's state with what the journal makes of it, and adds everything up.
    public void checkWhole(Cluster cluster, long sequence) {
        if (!checkAgainstJournal(cluster, sequence)) return;
        var recovered = Replay.of(log);
        unless(
                recovered.cluster().durable().equals(cluster.durable()),
                "entry " + sequence + ": recovery makes another state than the leader's");
    }

    /// @return false if the journal is further on, so that there is nothing to compare
    private boolean checkAgainstJournal(Cluster cluster, long sequence) {
        var witness = log.witness();
        if (witness.nextSequence() != sequence + 1) return false;
        unless(
                witness.cluster().durable().equals(cluster.durable()),
                "entry " + sequence + ": the leader's state is not what the journal makes of it");
        for (var agent : cluster.agents().keySet()) Books.check(cluster, agent);
        return true;
    }

    /// An agent has written down that a task's process is to be started.
    ///
    /// @param order the number of the order that launched it
    public void started(TaskKey key, AgentId agent, long order) {
        known(key, agent, order, "was started").started(agent.value());
    }

    /// An agent has written an update down.
    public void made(TaskKey key, AgentId agent, long order, UUID uuid) {
        known(key, agent, order, "has an update").made(uuid);
    }

    /// The machine has stopped on which a task is, with all that it ran.
    public void stopped(TaskKey key, AgentId agent, long order) {
        known(key, agent, order, "has lost its machine").stopped();
    }

    /// An update that was written down was lost with the machine.
    public void lost(TaskKey key, AgentId agent, long order, UUID uuid) {
        known(key, agent, order, "has lost an update").lost(uuid);
    }

    /// A framework has heard a status.
    ///
    /// @param listeningSince when its stream was opened
    public void heard(TaskKey key, Status status, long listeningSince) {
        var newest = newest(key);
        // A launch that was refused makes no task, and so no story.
        if (newest.isEmpty()) {
            unless(
                    status.uuid().isEmpty(),
                    key + " was never launched, and has the update " + status);
            return;
        }
        var about = status.uuid().flatMap(uuid -> maker(key, uuid));
        if (about.isPresent() && about.get() != newest.get()) about.get().heardLate(status);
        else newest.get().heard(status, listeningSince);
    }

    /// A framework's receipt for the end of a task has been answered.
    public void endAcknowledged(TaskKey key, UUID uuid, long at) {
        maker(key, uuid).ifPresent(story -> story.endAcknowledged(at));
    }

    /// Everything has come to rest: every task has ended, and its framework knows all of it, unless
    /// the framework or the agent is gone.
    ///
    /// @param frameworks those that are still there
    /// @param lost agents that will never come back
    public void settle(Set<FrameworkId> frameworks, Set<AgentId> lost, Cluster cluster) {
        for (var entry : stories.entrySet())
            if (frameworks.contains(entry.getKey().framework()))
                for (var story : entry.getValue())
                    if (!lost.contains(story.agent())) story.checkFinished();
        estates.settle(lost);
        stories.keySet().removeIf(key -> cluster.tasks().find(key).isEmpty());
        entitlements.keySet().removeIf(epoch -> epoch.compareTo(log.head().epoch()) < 0);
    }

    private Optional<TaskStory> newest(TaskKey key) {
        return Optional.ofNullable(stories.get(key)).map(List::getLast);
    }

    private Optional<TaskStory> maker(TaskKey key, UUID uuid) {
        return stories.getOrDefault(key, List.of()).stream()
                .filter(story -> story.hasMade(uuid))
                .findFirst();
    }

    private TaskStory known(TaskKey key, AgentId agent, long order, String what) {
        return stories.getOrDefault(key, List.of()).stream()
                .filter(story -> story.isOf(agent, order))
                .findFirst()
                .orElseThrow(() ->
                        new BrokenPromise(
                                "%s was never launched by order %d to %s, and %s there"
                                        .formatted(key, order, agent, what)));
    }

    private static TaskStory story(TaskKey key, Placement placement, Cluster cluster) {
        boolean knowsLostAgents =
                cluster.framework(key.framework())
                        .filter(each -> each.profile().can(FrameworkCapability.PARTITION_AWARE))
                        .isPresent();
        return new TaskStory(key, placement.agent(), placement.order(), knowsLostAgents);
    }
}
