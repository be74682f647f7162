package io.meseta.master.levels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.core.reign.FeatureLevels;
import io.meseta.master.doors.LedAnswers;
import io.meseta.master.journal.JournalTables;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.leadership.Leadership.Address;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.master.levels.LiveMasters.LevelsFault;
import io.meseta.master.testing.TestLeadership;
import io.meseta.master.testing.TestMaster;
import io.meseta.testkit.FakeTime;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/// Masters of two builds on one database, of which one can read a level more.
final class RollCallIT {

    private static final FeatureLevels OLD = levels(1, 1);
    private static final FeatureLevels NEW = levels(1, 2);

    private final JournalTables tables = JournalTables.fresh();
    private final LiveMasters masters = new LiveMasters(tables.database()::dataSource);
    private final FakeTime time = new FakeTime();
    private TestMaster server;
    private TestLeadership leader;

    @BeforeEach
    void lead() {
        server = TestMaster.start();
        leader = server.leadership();
    }

    @AfterEach
    void close() {
        server.close();
        tables.close();
    }

    @Test
    void raisesTheLevelOnceAllHaveBeenReadyForLongEnough() throws InterruptedException {
        var call = call(1, NEW, true);
        try (var other = standby(2, NEW)) {
            other.call();
            call.call();
            time.advance(Duration.ofMinutes(59));
            call.call();
            assertThat(active()).isEqualTo(1);

            time.advance(Duration.ofMinutes(1));
            call.call();

            assertThat(active()).isEqualTo(2);
            assertThat(call.count()).isEqualTo(2);
        }
    }

    @Test
    void waitsForTheLastThatCannotReadIt() throws InterruptedException {
        var call = call(1, NEW, true);
        var other = standby(2, OLD);
        other.call();
        call.call();
        time.advance(Duration.ofDays(1));
        call.call();
        assertThat(active()).isEqualTo(1);

        other.close();
        call.call();
        assertThat(active()).isEqualTo(1);
        time.advance(Duration.ofHours(1));
        call.call();

        assertThat(active()).isEqualTo(2);
    }

    @Test
    void forgetsWhoeverHasBeenSilentForLong() {
        masters.say(master(2, OLD));
        assertThat(masters.all()).hasSize(1);

        tables.database().run("UPDATE live_master SET seen_at = seen_at - interval '31 seconds'");
        assertThat(masters.all()).isEmpty();
        tables.database().run("UPDATE live_master SET seen_at = seen_at - interval '2 days'");
        masters.forget();

        assertThat(tables.database().text("SELECT count(*)::text FROM live_master")).isEqualTo("0");
    }

    @Test
    void leavesItToTheOperatorIfToldSo() throws InterruptedException {
        var call = call(1, NEW, false);
        call.call();
        time.advance(Duration.ofDays(9));
        call.call();
        assertThat(active()).isEqualTo(1);

        var desk = desk(call);
        assertThat(shown(desk).possible()).isEqualTo(2);
        assertThat(shown(desk).raisedAt()).isEmpty();
        assertThat(desk.raise(2).getStatusCode().value()).isEqualTo(204);
        assertThat(desk.raise(1).getStatusCode().value()).isEqualTo(204);

        assertThat(active()).isEqualTo(2);
        assertThat(shown(desk).active()).isEqualTo(2);
    }

    @Test
    void tellsTheOperatorWhoCannotReadIt() throws InterruptedException {
        var call = call(1, NEW, true);
        try (var other = standby(2, OLD)) {
            other.call();
            call.call();
            var desk = desk(call);

            var refused = desk.raise(2);
            assertThat(refused.getStatusCode().value()).isEqualTo(409);
            assertThat(detail(refused))
                    .isEqualTo(
                            "Level 2 can't be read by host:2 (build b2, levels 1 to 1): replace"
                                    + " them by a build that can, or stop them.");
            assertThat(desk.raise(3).getStatusCode().value()).isEqualTo(409);
            assertThat(desk.raise(0).getStatusCode().value()).isEqualTo(400);

            var shown = shown(desk);
            assertThat(shown.possible()).isEqualTo(1);
            assertThat(shown.masters())
                    .extracting(LevelsRecord.Living::address)
                    .containsExactly("host:1", "host:2");
            assertThat(shown.masters())
                    .extracting(LevelsRecord.Living::leads)
                    .containsExactly(true, false);
            assertThat(active()).isEqualTo(1);
        }
    }

    @Test
    void saysWhenItWillBeRaised() throws InterruptedException {
        var call = call(1, NEW, true);
        call.call();

        assertThat(shown(desk(call)).raisedAt())
                .isEqualTo(time.instant().plus(Duration.ofHours(1)).toString());
    }

    @Test
    void answersThatTheDatabaseIsAwayWhenItIs() {
        var call = call(1, NEW, true);
        tables.database().run("DROP TABLE live_master");

        assertThat(desk(call).show().getStatusCode().value()).isEqualTo(503);
        assertThatThrownBy(call::call).isInstanceOf(LevelsFault.class);
        assertThat(active()).isEqualTo(1);
    }

    private int active() {
        return leader.cluster().reign().level().number();
    }

    private LevelsDesk desk(RollCall call) {
        return new LevelsDesk(new LedAnswers(leader), call);
    }

    private static LevelsRecord shown(LevelsDesk desk) {
        return (LevelsRecord) body(desk.show());
    }

    private static String detail(ResponseEntity<Object> answer) {
        return String.valueOf(((ProblemDetail) body(answer)).getDetail());
    }

    private static Object body(ResponseEntity<Object> answer) {
        return Objects.requireNonNull(answer.getBody());
    }

    private RollCall call(int port, FeatureLevels levels, boolean isAutomatic) {
        var rule = new LevelsProperties(isAutomatic, Duration.ofHours(1));
        var self = master(port, levels);
        return new RollCall(masters, () -> self, () -> leader, rule, time);
    }

    private RollCall standby(int port, FeatureLevels levels) {
        var rule = new LevelsProperties(true, Duration.ofHours(1));
        var self = master(port, levels);
        var role = new Role.Leaderless();
        return new RollCall(masters, () -> self, () -> new Unled(role), rule, time);
    }

    private static LiveMaster master(int port, FeatureLevels levels) {
        return new LiveMaster(
                new UUID(0, port), new Address("host", port), "b" + port, levels, Duration.ZERO);
    }

    private static FeatureLevels levels(int oldest, int newest) {
        return new FeatureLevels(new FeatureLevel(oldest), new FeatureLevel(newest));
    }

    /// Of a master that does not lead.
    private record Unled(Role role) implements Leadership {

        @Override
        public void onChange(Runnable told) {}

        @Override
        public void epochBehind(Epoch seen) {}
    }
}
