package io.meseta.master.play;

import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Command.Caller;
import io.meseta.master.core.cluster.Command.HeldTask;
import io.meseta.master.core.cluster.Command.Recollection;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.cluster.Moment;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.engine.Committed;
import io.meseta.master.engine.Committer;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.MasterId;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// A leader on the stage: what happens is said in a line each, and time passes by hand.
public final class Play {

    public static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
    public static final Role DEV = new Role("dev");

    public final ListJournal journal;
    public Instant now = BEGINNING;
    public List<Effect> effects = List.of();
    public Committer committer;
    private final Map<FrameworkId, StreamId> streams = new HashMap<>();
    private final Map<AgentId, LinkId> links = new HashMap<>();
    private long epoch;
    private Terms terms = Terms.DEFAULT;
    private long conversations;
    private long seed = 1;

    public Play() {
        this(new ListJournal());
    }

    public Play(ListJournal journal) {
        this.journal = journal;
        this.epoch = journal.head().epoch().number();
        this.committer = takeOver();
    }

    /// Another master takes over: connections are gone, the journal is left.
    public void failOver() {
        streams.clear();
        links.clear();
        committer = takeOver();
    }

    public Cluster cluster() {
        return committer.current();
    }

    public Decision put(Command command) {
        Committed committed = committer.commit(List.of(command), new Moment(now, seed++));
        effects = committed.effects();
        return committed.answers().getFirst().decision();
    }

    public Refusal refused(Command command) {
        return ((Decision.Refused) put(command)).refusal();
    }

    public void pass(Duration time) {
        now = now.plus(time);
        put(new Command.Tick());
    }

    public static FrameworkProfile profile(Duration patience, FrameworkCapability... capabilities) {
        return new FrameworkProfile(
                new FrameworkProfile.Identity("root", Optional.empty(), true),
                "a framework",
                new TreeSet<>(Set.of(DEV)),
                new TreeSet<>(Arrays.asList(capabilities)),
                patience,
                Opaque.EMPTY);
    }

    public FrameworkId framework() {
        return framework(profile(Duration.ofMinutes(1), FrameworkCapability.PARTITION_AWARE));
    }

    public FrameworkId framework(FrameworkProfile profile) {
        return subscribe(Optional.empty(), profile);
    }

    public FrameworkId resubscribe(FrameworkId id) {
        return subscribe(Optional.of(id), cluster().framework(id).orElseThrow().profile());
    }

    public FrameworkId subscribe(Optional<FrameworkId> id, FrameworkProfile profile) {
        var stream = new StreamId("stream-" + ++conversations);
        put(new Command.Subscribe(id, profile, Collections.emptySortedSet(), stream));
        var given =
                cluster().frameworks().values().stream()
                        .filter(each -> each.stream().filter(stream::equals).isPresent())
                        .findFirst()
                        .orElseThrow()
                        .id();
        streams.put(given, stream);
        return given;
    }

    public void hangUp(FrameworkId framework) {
        put(new Command.LoseStream(framework, stream(framework)));
    }

    public Caller caller(FrameworkId framework) {
        return new Caller(framework, Optional.of(stream(framework)), Optional.empty());
    }

    public StreamId stream(FrameworkId framework) {
        return streams.getOrDefault(framework, new StreamId("none"));
    }

    public static AgentProfile agentWith(String resources) {
        return new AgentProfile(
                "host", 5051, Resources.parse(resources), Set.of(), "1.11.0", Opaque.EMPTY);
    }

    public AgentId agent(String resources) {
        return greet(Optional.empty(), agentWith(resources), 0);
    }

    public AgentId greetAgain(AgentId agent, long seen, HeldTask... held) {
        var profile = cluster().agent(agent).orElseThrow().profile();
        return greet(Optional.of(agent), profile, seen, held);
    }

    public AgentId greet(Optional<AgentId> id, AgentProfile profile, long seen, HeldTask... held) {
        var link = new LinkId("link-" + ++conversations);
        var recollection = new Recollection(new Epoch(id.isPresent() ? epoch : 0), seen);
        put(new Command.Greet(id, profile, link, recollection, List.of(held)));
        var linked =
                cluster().agents().values().stream()
                        .filter(each -> each.link().filter(link::equals).isPresent())
                        .findFirst();
        // Whoever is to be gone once nothing runs there may be gone with its first word.
        if (linked.isEmpty()) return id.orElseThrow();
        var given = linked.get().id();
        links.put(given, link);
        return given;
    }

    public LinkId link(AgentId agent) {
        return links.getOrDefault(agent, new LinkId("none"));
    }

    public void unplug(AgentId agent) {
        put(new Command.LoseLink(agent, link(agent), now));
    }

    /// Long enough for whoever is silent to be given up.
    public void loseForGood(AgentId agent) {
        unplug(agent);
        pass(Duration.ofSeconds(76));
    }

    public List<Offer> offersOf(FrameworkId framework) {
        return cluster().offers().of(framework);
    }

    public Offer offer(FrameworkId framework) {
        return offersOf(framework).getFirst();
    }

    public static TaskSpec spec(String id, String resources) {
        return new TaskSpec(new TaskId(id), id, DEV, Resources.parse(resources), Opaque.EMPTY);
    }

    public TaskKey launch(FrameworkId framework, String id, String resources) {
        var offer = offer(framework);
        var proposal = new Proposal.Wellformed(spec(id, resources), offer.agent());
        accept(framework, List.of(offer), proposal);
        return new TaskKey(framework, new TaskId(id));
    }

    public void accept(FrameworkId framework, List<Offer> offers, Proposal... proposals) {
        put(
                new Command.Accept(
                        caller(framework),
                        offers.stream().map(Offer::id).toList(),
                        List.of(new Operation.Launch(List.of(proposals))),
                        Duration.ZERO));
    }

    public Task task(TaskKey key) {
        return cluster().tasks().find(key).orElseThrow();
    }

    public static UUID uuid(int number) {
        return new UUID(0, number);
    }

    public static Status status(TaskState state, int uuid) {
        var origin = new Status.Origin(StatusSource.EXECUTOR, Optional.empty(), BEGINNING);
        return new Status(state, origin, "", Optional.of(uuid(uuid)), Opaque.EMPTY);
    }

    public Decision report(TaskKey key, TaskState state, int uuid) {
        return report(key, status(state, uuid), state);
    }

    public Decision report(TaskKey key, Status status, TaskState newest) {
        var agent = task(key).agent();
        return put(new Command.Report(agent, link(agent), key, status, newest));
    }

    public void acknowledge(TaskKey key, int uuid) {
        var task = cluster().tasks().find(key);
        if (task.isEmpty()) return;
        put(
                new Command.Acknowledge(
                        caller(key.framework()), task.get().agent(), key.task(), uuid(uuid)));
    }

    /// Runs a task to this end, all receipts given.
    public void finish(TaskKey key, TaskState end, int uuid) {
        report(key, end, uuid);
        acknowledge(key, uuid);
    }

    public List<News> told(FrameworkId framework) {
        return effects.stream()
                .filter(Effect.TellFramework.class::isInstance)
                .map(Effect.TellFramework.class::cast)
                .filter(effect -> effect.framework().equals(framework))
                .map(Effect.TellFramework::news)
                .toList();
    }

    public List<Word> told(AgentId agent) {
        return effects.stream()
                .filter(Effect.TellAgent.class::isInstance)
                .map(Effect.TellAgent.class::cast)
                .filter(effect -> effect.agent().equals(agent))
                .map(Effect.TellAgent::word)
                .toList();
    }

    /// The statuses that the framework was told by the last command.
    public List<TaskState> heard(FrameworkId framework) {
        return updates(framework).stream().map(Status::state).toList();
    }

    public List<Status> updates(FrameworkId framework) {
        return told(framework).stream()
                .filter(News.Updated.class::isInstance)
                .map(news -> ((News.Updated) news).status())
                .toList();
    }

    /// Another master takes over, which gives up at most one agent in so long.
    public void limitLosses(Duration pause) {
        terms =
                new Terms(
                        terms.agentSilenceMax(), terms.agentGrace(), terms.frameworkGrace(), pause);
        failOver();
    }

    private Committer takeOver() {
        epoch++;
        var lead = new Command.Lead(new Epoch(epoch), new MasterId("M" + epoch), terms);
        return Committer.takeOver(journal, lead, new Moment(now, seed++));
    }
}
