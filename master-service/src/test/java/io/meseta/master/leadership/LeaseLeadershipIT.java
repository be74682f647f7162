package io.meseta.master.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.ClusterEvent.LeadershipTaken;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Lane;
import io.meseta.master.engine.Unanswered;
import io.meseta.master.journal.JournalTables;
import io.meseta.master.leadership.Leadership.Address;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.model.Opaque;
import io.meseta.testkit.Await;
import io.meseta.testkit.database.KillableDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LeaseLeadershipIT {

    private final JournalTables tables = JournalTables.fresh();
    private final List<Rival> rivals = new ArrayList<>();

    @AfterEach
    void closeAll() {
        rivals.forEach(Rival::close);
        tables.close();
    }

    @Test
    void letsOneLeadAndTellsTheOtherWhere() {
        var one = rival(1);
        one.leading();
        var other = rival(2);

        other.follows(1);
        assertThat(one.role()).isInstanceOf(Role.Leading.class);
    }

    @Test
    void tellsOfEachChangeOfItsRole() {
        var one = rival(1);
        var first = one.leading();
        var other = rival(2);
        var seen = new CopyOnWriteArrayList<Role>();
        other.leadership().onChange(() -> seen.add(other.role()));
        other.follows(1);
        assertThat(other.role())
                .isEqualTo(new Role.Following(new Address("host", 1), first.epoch()));

        one.close();

        var second = other.leading();
        Await.shortly().until("it tells that it leads", () -> seen.contains(second));
    }

    @Test
    void handsOverAtOnceWhenTheLeaderStops() throws InterruptedException {
        var one = rival(1);
        var first = one.leading();
        subscribe(first.writer());
        var other = rival(2);
        other.follows(1);

        long start = System.nanoTime();
        one.close();
        var second = other.leading();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Rival.LEASE);
        assertThat(second.epoch()).isGreaterThan(first.epoch());
        assertThat(second.master()).isNotEqualTo(first.master());
        assertThat(one.role()).isEqualTo(new Role.Leaderless());
    }

    @Test
    void replaysExactlyWhatWasCommitted() throws InterruptedException {
        var one = rival(1);
        var writer = one.writer();
        for (int i = 0; i < 20; i++) subscribe(writer);
        one.close();
        var left = writer.view();

        var next = rival(2).leading();

        var found = next.writer().view().cluster();
        assertThat(found.durable()).isEqualTo(ledBy(left.cluster(), found).durable());
        assertThat(found.frameworks()).hasSize(20);
        assertThat(next.writer().view().sequence()).isEqualTo(left.sequence() + 1);
    }

    @Test
    void stopsLeadingBeforeAnotherMay() throws InterruptedException {
        var one = rival(1);
        var writer = one.writer();
        var other = rival(2);
        other.follows(1);

        one.pauseLease();

        Await.shortly()
                .until(
                        "the other leads",
                        () -> {
                            boolean isBoth =
                                    one.role() instanceof Role.Leading
                                            && other.role() instanceof Role.Leading;
                            assertThat(isBoth).isFalse();
                            return other.role() instanceof Role.Leading;
                        });
        assertThatThrownBy(() -> subscribe(writer)).isInstanceOf(Unanswered.class);
        one.resumeLease();
        one.follows(2);
    }

    /// Its process stood still, so it believes that its lease holds: only the fence can stop it.
    @Test
    void isFencedWhenItOverslept() throws InterruptedException {
        var one = rival(1);
        var writer = one.writer();
        subscribe(writer);
        one.stopClock();
        one.pauseLease();
        var other = rival(2);
        var next = other.leading();
        assertThat(one.role()).isInstanceOf(Role.Leading.class);

        assertThatThrownBy(() -> subscribe(writer)).isInstanceOf(Unanswered.class);

        one.doesNotLead();
        one.startClock();
        one.resumeLease();
        one.follows(2);
        subscribe(next.writer());
        assertThat(next.writer().view().cluster().frameworks()).hasSize(2);
    }

    @Test
    void letsAtMostOneAppendWhileTheLeaseGoesToAndFro() {
        var one = rival(1);
        var other = rival(2);
        for (int round = 0; round < 6; round++) {
            var paused = round % 2 == 0 ? one : other;
            var next = round % 2 == 0 ? other : one;
            Await.shortly().until("someone leads", () -> leads(one) || leads(other));
            paused.stopClock();
            paused.pauseLease();
            next.leading();
            one.leadership().writer().ifPresent(LeaseLeadershipIT::trySubscribe);
            other.leadership().writer().ifPresent(LeaseLeadershipIT::trySubscribe);
            paused.startClock();
            paused.resumeLease();
        }

        var entries = new ArrayList<Entry>();
        tables.journal().read(1, entries::add);
        assertThat(entries).extracting(Entry::epoch).isSorted();
        assertThat(entries).extracting(Entry::at).isSorted();
        for (int i = 0; i < entries.size(); i++)
            assertThat(entries.get(i).sequence()).isEqualTo(i + 1L);
        // Each reign's first entry says who reigns: nobody else wrote in between.
        for (int i = 0; i < entries.size(); i++) {
            boolean isFirst = i == 0 || !entries.get(i).epoch().equals(entries.get(i - 1).epoch());
            if (isFirst)
                assertThat(entries.get(i).events().getFirst()).isInstanceOf(Event.OfCluster.class);
        }
    }

    @Test
    void leadsAgainAboveTheEpochThatAnAgentHasSeen() throws InterruptedException {
        var one = rival(1);
        subscribe(one.writer());

        one.leadership().epochBehind(new Epoch(1_000));

        Await.shortly()
                .until(
                        "it leads again",
                        () -> one.leading().epoch().compareTo(new Epoch(1_000)) > 0);
        assertThat(one.writer().view().cluster().frameworks()).hasSize(1);
    }

    @Test
    void doesNotBelieveAnAbsurdEpoch() {
        var one = rival(1);
        var epoch = one.leading().epoch();

        one.leadership().epochBehind(new Epoch(Long.MAX_VALUE));

        assertThat(one.leading().epoch()).isEqualTo(epoch);
    }

    @Test
    void goesOnWhenTheDatabaseIsBack() throws InterruptedException {
        try (var server = KillableDatabase.start();
                var there = JournalTables.in(server.database());
                var one = Rival.started(there, 1)) {
            var before = one.leading();
            subscribe(before.writer());

            server.kill();
            one.doesNotLead();
            assertThatThrownBy(() -> subscribe(before.writer())).isInstanceOf(Unanswered.class);
            server.restart();

            var after = one.leading();
            assertThat(after.epoch()).isGreaterThan(before.epoch());
            assertThat(after.writer().view().cluster().frameworks()).hasSize(1);
        }
    }

    private Rival rival(int port) {
        var rival = Rival.started(tables, port);
        rivals.add(rival);
        return rival;
    }

    private static boolean leads(Rival rival) {
        return rival.role() instanceof Role.Leading;
    }

    private static Cluster ledBy(Cluster before, Cluster after) {
        var reign = after.reign();
        return before.after(
                new Event.OfCluster(
                        new LeadershipTaken(
                                reign.epoch(), reign.master(), reign.terms(), reign.since())));
    }

    private static void trySubscribe(ClusterWriter writer) {
        try {
            subscribe(writer);
        } catch (Unanswered _) {
            // Someone else leads.
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static void subscribe(ClusterWriter writer) throws InterruptedException {
        var profile =
                new FrameworkProfile(
                        new FrameworkProfile.Identity("root", Optional.empty(), false),
                        "framework",
                        new TreeSet<>(Set.of(io.meseta.model.Role.ANY)),
                        Set.of(),
                        Duration.ZERO,
                        Opaque.EMPTY);
        var stream = new StreamId(UUID.randomUUID().toString());
        var command = new Command.Subscribe(Optional.empty(), profile, new TreeSet<>(), stream);

        var decision = writer.submit(Lane.CLIENTS, command);

        assertThat(decision).isInstanceOf(Decision.Accepted.class);
    }
}
