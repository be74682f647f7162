package io.meseta.testkit.cluster;

import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Command.Recollection;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.cluster.Moment;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.engine.Committer;
import io.meseta.master.engine.Journal;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.MasterId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Where plays are given: a real committer without a thread, time that passes by hand, and a record
/// of what everybody was told.
///
/// Not safe for several threads.
public final class Stage {

    public static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private final Journal journal;
    private final List<Effect> effects = new ArrayList<>();
    private Committer committer;
    private Instant now = BEGINNING;
    private long batches;
    private long conversations;

    private Stage(Journal journal) {
        this.journal = journal;
        this.committer = lead(journal, BEGINNING, 0);
    }

    /// A master that has just begun to lead an empty cluster.
    public static Stage empty() {
        return new Stage(new InMemoryJournal());
    }

    /// A master that has just begun to lead what this journal holds.
    public static Stage on(Journal journal) {
        return new Stage(journal);
    }

    public Cluster cluster() {
        return committer.current();
    }

    public Journal journal() {
        return journal;
    }

    public Instant now() {
        return now;
    }

    /// Puts a command as a batch of its own, and records what follows from it.
    public Decision put(Command command) {
        var committed = committer.commit(List.of(command), new Moment(now, ++batches));
        effects.addAll(committed.effects());
        return committed.answers().getFirst().decision();
    }

    /// Lets time pass, and ends what is due by then.
    public Stage pass(Duration time) {
        now = now.plus(time);
        put(new Command.Tick());
        return this;
    }

    /// Another master takes over; whatever was recorded of conversations is over.
    public Stage failOver() {
        committer = lead(journal, now, ++batches);
        effects.clear();
        return this;
    }

    public FrameworkId subscribe(FrameworkDraft draft) {
        var stream = new StreamId("stream-" + ++conversations);
        put(
                new Command.Subscribe(
                        Optional.empty(), draft.profile(), Collections.emptySortedSet(), stream));
        return cluster().frameworks().values().stream()
                .filter(framework -> framework.stream().filter(stream::equals).isPresent())
                .findFirst()
                .orElseThrow()
                .id();
    }

    public AgentId join(AgentDraft draft) {
        var link = new LinkId("link-" + ++conversations);
        put(
                new Command.Greet(
                        Optional.empty(),
                        draft.profile(),
                        link,
                        new Recollection(Epoch.NONE, 0),
                        List.of()));
        return cluster().agents().values().stream()
                .filter(agent -> agent.link().filter(link::equals).isPresent())
                .findFirst()
                .orElseThrow()
                .id();
    }

    /// Who calls, as the framework would that has subscribed last.
    public Command.Caller caller(FrameworkId framework) {
        var stream = cluster().framework(framework).orElseThrow().stream();
        return new Command.Caller(framework, stream, Optional.empty());
    }

    /// The offers that the framework could accept now.
    public List<Offer> offersOf(FrameworkId framework) {
        return cluster().offers().of(framework);
    }

    /// What the framework was told since it was last asked for.
    public List<News> newsFor(FrameworkId framework) {
        var news = new ArrayList<News>();
        effects.removeIf(effect -> {
            boolean isFor =
                    effect instanceof Effect.TellFramework told
                            && told.framework().equals(framework);
            if (isFor) news.add(((Effect.TellFramework) effect).news());
            return isFor;
        });
        return news;
    }

    /// What the agent was told since it was last asked for.
    public List<Word> wordsFor(AgentId agent) {
        var words = new ArrayList<Word>();
        effects.removeIf(effect -> {
            boolean isFor = effect instanceof Effect.TellAgent told && told.agent().equals(agent);
            if (isFor) words.add(((Effect.TellAgent) effect).word());
            return isFor;
        });
        return words;
    }

    private static Committer lead(Journal journal, Instant at, long seed) {
        long epoch = journal.head().epoch().number() + 1;
        var lead = new Command.Lead(new Epoch(epoch), new MasterId("M" + epoch), Terms.DEFAULT);
        return Committer.takeOver(journal, lead, new Moment(at, seed));
    }
}
