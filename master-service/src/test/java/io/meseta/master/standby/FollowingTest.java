package io.meseta.master.standby;

import static io.meseta.testkit.cluster.FrameworkDraft.aFramework;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.engine.Standby;
import io.meseta.master.journal.Snapshots;
import io.meseta.testkit.Await;
import io.meseta.testkit.FakeTime;
import io.meseta.testkit.cluster.InMemoryJournal;
import io.meseta.testkit.cluster.Stage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FollowingTest {

    private final InMemoryJournal journal = new InMemoryJournal();
    private final Stage leader = Stage.on(journal);
    private final AtomicLong nanos = new AtomicLong();
    private final Snapshots snapshots =
            new Snapshots(
                    journal,
                    new Snapshots.Progress(() -> 0, () -> 0),
                    new Snapshots.Rule(5, Long.MAX_VALUE),
                    () -> {},
                    new FakeTime());
    private final Standby standby = new Standby(journal);
    private final Following following = new Following(standby, snapshots, nanos::get);

    @AfterEach
    void close() {
        following.close();
        snapshots.close();
    }

    @Test
    void followsOnlyWhenAnotherLeads() {
        following.start();
        assertThat(following.seen()).isEmpty();

        following.begin();

        awaitSequence(1);
        leader.subscribe(aFramework());
        awaitSequence(2);
        var seen = following.seen().orElseThrow();
        assertThat(seen.view().cluster().durable()).isEqualTo(leader.cluster().durable());
        assertThat(following.behind()).isZero();
        assertThat(following.folded()).isEqualTo(2);
    }

    @Test
    void saysHowOldItsStateIs() {
        following.start();
        following.begin();
        awaitSequence(1);
        following.close();

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(7));

        assertThat(following.seen().orElseThrow().age())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(7));
        assertThat(gauge("meseta.standby.lag")).isGreaterThanOrEqualTo(7);
        assertThat(gauge("meseta.standby.sequence")).isEqualTo(1);
        assertThat(gauge("meseta.standby.halted")).isZero();
    }

    @Test
    void letsGoOfItsStateWhenThisMasterLeads() {
        following.start();
        following.begin();
        awaitSequence(1);

        following.end();

        assertThat(following.seen()).isEmpty();
        Await.shortly().until("the memory is free", () -> standby.view().isEmpty());
        assertThat(gauge("meseta.standby.lag")).isNegative();
    }

    @Test
    void savesWhatTheLeaderThenNeedNotSave() {
        following.start();
        following.begin();

        for (int i = 0; i < 6; i++) leader.subscribe(aFramework());

        Await.shortly().until("it is saved", () -> journal.newestSnapshot().isPresent());
        var saved = journal.newestSnapshot().orElseThrow();
        assertThat(saved.sequence()).isGreaterThanOrEqualTo(5);
    }

    private void awaitSequence(long sequence) {
        Await.shortly()
                .until(
                        "it has followed to " + sequence,
                        () ->
                                following
                                        .seen()
                                        .filter(seen -> seen.view().sequence() == sequence)
                                        .isPresent());
    }

    private double gauge(String name) {
        var registry = new SimpleMeterRegistry();
        new StandbyGauges(following).bindTo(registry);
        return Objects.requireNonNull(registry.find(name).gauge()).value();
    }
}
