package io.meseta.master.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.leadership.Leadership.Address;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.master.testing.TestMaster;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Agents ask a master who leads next, and wait for the answer.
final class VigilIT {

    private static final String ROUTE = "/api/meseta/v1/agent-link/leader";
    private static final Role OLD = new Role.Following(new Address("10.0.0.1", 5050), new Epoch(7));
    private static final Role NEW = new Role.Following(new Address("10.0.0.2", 5050), new Epoch(8));

    /// More than any answer takes, and more than the time after which a vigil ends by itself.
    private static final long ANSWER_SECONDS_MAX = 60;

    private TestMaster master;

    @BeforeEach
    void start() {
        master = TestMaster.start();
    }

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    void tellsWhoWaitsOfTheNextLeaderElsewhere() throws Exception {
        master.leadership().become(OLD);
        var answer = asked(7);
        awaitWaiting(1);

        master.leadership().become(new Role.Leaderless());
        master.leadership().become(OLD);
        master.leadership().become(NEW);

        var reply = answer.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        assertThat(reply.status()).isEqualTo(307);
        assertThat(reply.header("Location")).contains("//10.0.0.2:5050" + ROUTE);
        assertThat(reply.header(Vigil.EPOCH)).contains("8");
        awaitWaiting(0);
    }

    @Test
    void tellsWhoWaitsThatItLeadsItself() throws Exception {
        master.leadership().become(new Role.Leaderless());
        var one = asked(1);
        var other = asked(1);
        awaitWaiting(2);

        master.leadership().lead();

        for (var each : new FutureTask<?>[] {one, other}) {
            var reply = (RawHttp.Reply) each.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
            assertThat(reply.status()).isEqualTo(204);
            assertThat(reply.header(Vigil.EPOCH)).contains("2");
        }
    }

    @Test
    void answersAtOnceWhereItKnowsOfAHigherEpochOrLeads() {
        master.leadership().become(NEW);
        assertThat(ask(7).status()).isEqualTo(307);
        assertThat(master.http().get(ROUTE).header(Vigil.EPOCH)).contains("8");

        master.leadership().lead();
        assertThat(ask(7).status()).isEqualTo(204);
        assertThat(ask(7).header(Vigil.EPOCH)).contains("2");
    }

    @Test
    void tellsOfALeaderOnlyOnceItsReignHasBegun() throws Exception {
        // What it knows of the journal ends with the first reign.
        master.leadership().follow(new Address("10.0.0.2", 5050), Duration.ZERO);
        var answer = asked(0);
        awaitWaiting(1);

        master.leadership().become(new Role.Following(new Address("10.0.0.1", 5050), new Epoch(1)));

        var reply = answer.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        assertThat(reply.header(Vigil.EPOCH)).contains("1");
        assertThat(reply.header("Location")).contains("//10.0.0.1:5050" + ROUTE);
    }

    @Test
    void letsNobodyWaitOnceItStops() throws Exception {
        master.leadership().become(OLD);
        var answer = asked(7);
        awaitWaiting(1);

        master.close();

        var reply = answer.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text()).isEqualTo("This master is stopping");
    }

    @Test
    void refusesWhatIsNoEpoch() {
        for (var bad : new String[] {"-1", "x", "", "9".repeat(19)}) {
            var reply = master.http().get(ROUTE, Vigil.EPOCH + ": " + bad);
            assertThat(reply.status()).as(bad).isEqualTo(400);
        }
    }

    private RawHttp.Reply ask(long epoch) {
        return master.http().get(ROUTE, Vigil.EPOCH + ": " + epoch);
    }

    private FutureTask<RawHttp.Reply> asked(long epoch) {
        Callable<RawHttp.Reply> question = () -> ask(epoch);
        var answer = new FutureTask<>(question);
        Thread.ofVirtual().start(answer);
        return answer;
    }

    private void awaitWaiting(int count) {
        Await.shortly().until(count + " wait", () -> master.bean(Vigil.class).waiting() == count);
    }
}
