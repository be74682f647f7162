package io.meseta.master.testing;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Moment;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.engine.Committer;
import io.meseta.master.engine.EffectRunner;
import io.meseta.master.engine.Lane;
import io.meseta.master.engine.Moments;
import io.meseta.master.engine.RoundTiming;
import io.meseta.master.leadership.Leadership;
import io.meseta.model.MasterId;
import io.meseta.testkit.FakeTime;
import io.meseta.testkit.cluster.InMemoryJournal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Leads when a test says so, on a journal in memory and on a clock that the test moves.
public final class TestLeadership implements Leadership {

    private final InMemoryJournal journal = new InMemoryJournal();
    private final FakeTime time = new FakeTime();
    private final AtomicLong seeds = new AtomicLong();
    private final Moments moments = () -> new Moment(time.instant(), seeds.incrementAndGet());
    private final Supplier<EffectRunner> effects;
    private final RoundTiming timing;
    private final List<Epoch> behind = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Role role = new Role.Leaderless();
    private volatile Optional<Followed> followed = Optional.empty();
    private long epochs;

    TestLeadership(Supplier<EffectRunner> effects, RoundTiming timing) {
        this.effects = effects;
        this.timing = timing;
    }

    /// What it has written, in all its reigns.
    InMemoryJournal journal() {
        return journal;
    }

    /// Begins a new reign.
    public void lead() {
        lead(Terms.DEFAULT);
    }

    /// Begins a new reign on these terms.
    public void lead(Terms terms) {
        endReign();
        followed = Optional.empty();
        epochs++;
        var epoch = new Epoch(epochs);
        var master = new MasterId(UUID.randomUUID().toString());
        var committer =
                Committer.takeOver(journal, new Command.Lead(epoch, master, terms), moments.next());
        committer.timeRounds(timing);
        var writer = new ClusterWriter(committer, moments, () -> true, effects.get(), _ -> {});
        writer.start();
        stand(new Role.Leading(epoch, master, time.instant(), writer));
    }

    public void become(Role other) {
        endReign();
        stand(other);
    }

    /// Lets time pass, and the cluster notice.
    public void pass(Duration by) {
        time.advance(by);
        try {
            writer().orElseThrow().submit(Lane.HOUSEKEEPING, new Command.Tick());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    public Cluster cluster() {
        return writer().orElseThrow().view().cluster();
    }

    /// The epochs of which agents said that they had seen them.
    public List<Epoch> behind() {
        return behind;
    }

    /// Follows from now on, knowing what it has led to so far.
    public void follow(Address leader, Duration age) {
        var view = writer().orElseThrow().view();
        become(new Role.Following(leader, new Epoch(epochs + 1)));
        followed =
                Optional.of(
                        new Followed(view.cluster().durable().toCluster(), view.sequence(), age));
    }

    @Override
    public Optional<Followed> followed() {
        return followed;
    }

    @Override
    public Role role() {
        return role;
    }

    @Override
    public void onChange(Runnable told) {
        listeners.add(told);
    }

    private void stand(Role next) {
        role = next;
        listeners.forEach(Runnable::run);
    }

    @Override
    public void epochBehind(Epoch seen) {
        behind.add(seen);
    }

    void endReign() {
        var writer = writer();
        role = new Role.Leaderless();
        if (writer.isEmpty()) return;
        try {
            writer.get().end();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
