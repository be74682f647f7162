package io.meseta.master.ticks;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Moment;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.engine.Committer;
import io.meseta.master.leadership.Leadership;
import io.meseta.model.MasterId;
import io.meseta.model.Opaque;
import io.meseta.model.Role;
import io.meseta.testkit.FakeTime;
import io.meseta.testkit.cluster.InMemoryJournal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The writer is never started, so what waits in its inbox is what was posted.
final class TicksTest {

    private final FakeTime time = new FakeTime();
    private final Committer committer =
            Committer.takeOver(
                    new InMemoryJournal(),
                    new Command.Lead(new Epoch(1), new MasterId("m"), Terms.DEFAULT),
                    new Moment(time.instant(), 1));
    private final Ticks ticks = new Ticks(new Nobody(), time);

    /// Ticks are given their writer here.
    private static final class Nobody implements Leadership {

        @Override
        public void onChange(Runnable told) {}

        @Override
        public Leadership.Role role() {
            return new Leadership.Role.Leaderless();
        }

        @Override
        public void epochBehind(Epoch seen) {
            throw new AssertionError("not a matter of ticks");
        }
    }

    @AfterEach
    void stop() {
        ticks.close();
    }

    @Test
    void postsNothingWhileNothingIsDue() {
        var writer = writer();

        ticks.look(writer);

        assertThat(writer.waiting()).isZero();
    }

    @Test
    void postsOneTickForEachDeadline() {
        away();
        var writer = writer();
        ticks.look(writer);
        assertThat(writer.waiting()).isZero();

        time.advance(Duration.ofDays(1));
        ticks.look(writer);
        ticks.look(writer);

        assertThat(writer.waiting()).isEqualTo(1);
    }

    /// A tick may be lost with the reign that it was posted to.
    @Test
    void postsAgainWhatHadNoEffect() {
        away();
        var writer = writer();
        time.advance(Duration.ofDays(1));
        ticks.look(writer);

        time.advance(Duration.ofSeconds(2));
        ticks.look(writer);

        assertThat(writer.waiting()).isEqualTo(2);
    }

    /// A framework that has an hour.
    private void away() {
        var profile =
                new FrameworkProfile(
                        new FrameworkProfile.Identity("root", Optional.empty(), false),
                        "framework",
                        new TreeSet<>(Set.of(Role.ANY)),
                        Set.of(),
                        Duration.ofHours(1),
                        Opaque.EMPTY);
        var stream = new StreamId("stream");
        var subscribe = new Command.Subscribe(Optional.empty(), profile, new TreeSet<>(), stream);
        var moment = new Moment(time.instant(), 2);
        committer.commit(List.of(subscribe), moment);
        var id = committer.current().frameworks().firstKey();
        committer.commit(List.of(new Command.LoseStream(id, stream)), moment);
    }

    private ClusterWriter writer() {
        return new ClusterWriter(
                committer, () -> new Moment(time.instant(), 3), () -> true, _ -> {}, _ -> {});
    }
}
