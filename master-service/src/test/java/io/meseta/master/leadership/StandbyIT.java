package io.meseta.master.leadership;

import static io.meseta.testkit.cluster.FrameworkDraft.aFramework;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.engine.Lane;
import io.meseta.master.journal.JournalTables;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Masters that follow on one database.
final class StandbyIT {

    private final JournalTables tables = JournalTables.fresh();
    private final List<Rival> rivals = new ArrayList<>();

    @AfterEach
    void closeAll() {
        rivals.forEach(Rival::close);
        tables.close();
    }

    @Test
    void followsWithinMoments() throws InterruptedException {
        var writer = rival(1).writer();
        var one = rival(2);
        var other = rival(3);

        for (int i = 0; i < 30; i++) subscribe(writer);

        for (var standby : List.of(one, other)) {
            awaitSequence(standby, writer.view().sequence());
            var followed = standby.leadership().followed().orElseThrow();
            assertThat(followed.cluster().durable())
                    .isEqualTo(writer.view().cluster().durable());
            assertThat(followed.age()).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void takesOverAtOnceWhereTheLeaderHasStopped() throws InterruptedException {
        var leader = rival(1);
        var writer = leader.writer();
        var standby = rival(2);
        for (int i = 0; i < 30; i++) subscribe(writer);
        awaitSequence(standby, writer.view().sequence());

        long start = System.nanoTime();
        leader.close();
        var next = standby.leading();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Rival.LEASE);
        assertThat(next.writer().view().cluster().frameworks()).hasSize(30);
        assertThat(standby.leadership().followed()).isEmpty();
    }

    @Test
    void stopsAtWhatItDoesNotUnderstandAndLeavesTheLeadToOthers() throws InterruptedException {
        var leader = rival(1);
        var writer = leader.writer();
        subscribe(writer);
        var standby = rival(2);
        awaitSequence(standby, writer.view().sequence());
        long known = writer.view().sequence();
        leader.close();
        standby.leading();
        // What a master of a later build leaves: a kind of event that has no number here.
        standby.close();
        tables.database()
                .run(
                        """
                        INSERT INTO journal (sequence, epoch, at, events)
                        SELECT next_sequence, epoch, now(), '\\x0a0176120408011001fa3f0101'::bytea
                        FROM journal_head
                        """);
        tables.database().run("UPDATE journal_head SET next_sequence = next_sequence + 1");
        tables.database()
                .run(
                        """
                        UPDATE lease SET holder = gen_random_uuid(), host = 'later', port = 9,
                            until = clock_timestamp() + interval '2 seconds'
                        """);

        var old = rival(3);
        old.follows("later", 9);

        Await.shortly().until("it says so", () -> old.following().halt().isPresent());
        assertThat(old.following().halt().orElseThrow()).contains("entry " + (known + 2));
        Await.shortly().until("the lease is over", () -> old.role() instanceof Role.Leaderless);
        assertThat(old.leadership().followed()).isEmpty();
    }

    private void awaitSequence(Rival standby, long sequence) {
        Await.shortly()
                .until(
                        "it has followed to " + sequence,
                        () ->
                                standby.leadership()
                                        .followed()
                                        .filter(seen -> seen.sequence() == sequence)
                                        .isPresent());
    }

    private Rival rival(int port) {
        var rival = Rival.started(tables, port);
        rivals.add(rival);
        return rival;
    }

    private static void subscribe(ClusterWriter writer) throws InterruptedException {
        writer.submit(
                Lane.CLIENTS,
                new Command.Subscribe(
                        Optional.empty(),
                        aFramework().profile(),
                        Collections.emptySortedSet(),
                        new StreamId(UUID.randomUUID().toString())));
    }
}
