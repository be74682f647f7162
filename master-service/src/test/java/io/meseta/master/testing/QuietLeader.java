package io.meseta.master.testing;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Moment;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.engine.Committed;
import io.meseta.master.engine.Committer;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.model.FrameworkId;
import io.meseta.model.MasterId;
import io.meseta.model.Opaque;
import io.meseta.testkit.cluster.FrameworkDraft;
import io.meseta.testkit.cluster.InMemoryJournal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// A leader without a thread: it commits what it is given, and keeps what came of it.
public final class QuietLeader {

    private static final Opaque WIRE =
            Opaque.of(
                    FrameworkInfo.newBuilder()
                            .setUser("root")
                            .setName("a framework")
                            .build()
                            .toByteArray());

    private final List<Committed> batches = new ArrayList<>();
    private final InMemoryJournal journal = new InMemoryJournal();
    private final Committer committer;
    private int names;

    public QuietLeader() {
        var lead = new Command.Lead(new Epoch(1), new MasterId("M"), Terms.DEFAULT);
        committer = Committer.takeOver(journal, lead, moment());
    }

    public static Moment moment() {
        return new Moment(Instant.parse("2026-01-01T00:00:00Z"), 1);
    }

    /// All of them in one batch.
    public Committed commit(Command... commands) {
        var batch = committer.commit(List.of(commands), moment());
        batches.add(batch);
        return batch;
    }

    public Committed subscribeBatch(String role) {
        return commit(subscription(role));
    }

    /// That a new framework subscribes in a role.
    public Command subscription(String role) {
        var plain = FrameworkDraft.aFramework().in(role).profile();
        return new Command.Subscribe(
                Optional.empty(),
                new FrameworkProfile(
                        plain.identity(),
                        plain.name(),
                        plain.roles(),
                        plain.capabilities(),
                        plain.failoverTimeout(),
                        WIRE),
                Collections.emptySortedSet(),
                new StreamId("s" + ++names));
    }

    public FrameworkId subscribe(String role) {
        var before = committer.current().frameworks().keySet();
        subscribeBatch(role);
        return committer.current().frameworks().keySet().stream()
                .filter(id -> !before.contains(id))
                .findFirst()
                .orElseThrow();
    }

    /// What has been committed since somebody last cleared it.
    public List<Committed> batches() {
        return batches;
    }

    public InMemoryJournal journal() {
        return journal;
    }

    public Committer committer() {
        return committer;
    }
}
