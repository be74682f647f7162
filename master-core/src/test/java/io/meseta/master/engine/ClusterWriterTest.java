package io.meseta.master.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.cluster.Moment;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.play.Play;
import io.meseta.testkit.Await;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClusterWriterTest {

    private final Play play = new Play();
    private final List<Throwable> ended = new CopyOnWriteArrayList<>();
    private final List<Committed> run = new CopyOnWriteArrayList<>();
    private final AtomicBoolean mayWrite = new AtomicBoolean(true);
    private final AtomicInteger streams = new AtomicInteger();
    private final ClusterWriter writer =
            new ClusterWriter(
                    play.committer,
                    () -> new Moment(Play.BEGINNING, 1),
                    mayWrite::get,
                    run::add,
                    ended::add);

    @AfterEach
    void close() throws InterruptedException {
        play.journal.beforeAppend(() -> {});
        writer.end();
    }

    @Test
    void answersOnceTheBatchIsDurableAndVisible() throws InterruptedException {
        writer.start();

        var decision = writer.submit(Lane.CLIENTS, subscribe());

        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        assertThat(play.journal.entries).hasSize(2);
        assertThat(writer.view().sequence()).isEqualTo(2);
        assertThat(writer.view().cluster().frameworks()).hasSize(1);
    }

    @Test
    void showsAndDoesNothingBeforeTheBatchIsDurable() throws InterruptedException {
        var reached = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        play.journal.beforeAppend(() -> {
            reached.countDown();
            await(goOn);
        });
        writer.start();
        writer.post(Lane.CLIENTS, subscribe());
        reached.await();

        assertThat(writer.view().cluster().frameworks()).isEmpty();
        assertThat(run).isEmpty();

        goOn.countDown();
        Await.shortly().until("the effects were run", () -> run.size() == 1);
        assertThat(writer.view().cluster().frameworks()).hasSize(1);
    }

    @Test
    void showsNothingOfABatchItCouldNotWrite() {
        play.journal.breakDown();
        writer.start();

        assertThatThrownBy(() -> writer.submit(Lane.CLIENTS, subscribe()))
                .isInstanceOf(Unanswered.class)
                .hasRootCauseMessage("broken");

        assertThat(writer.view().cluster().frameworks()).isEmpty();
        assertThat(writer.view().sequence()).isEqualTo(1);
        assertThat(run).isEmpty();
    }

    @Test
    void endsTheReignWithTheFirstFault() {
        play.journal.breakDown();
        writer.start();

        writer.post(Lane.CLIENTS, subscribe());

        Await.shortly().until("the reign is over", () -> ended.size() == 1);
        assertThat(ended.getFirst()).isInstanceOf(JournalFault.Unavailable.class);
        Await.shortly().until("nothing comes in", () -> !writer.post(Lane.CLIENTS, subscribe()));
    }

    /// No shell lets a time in that leads out of the calendar; this stands for whatever it lets in.
    @Test
    void goesOnAfterACommandThatTheRulesBreakOver() throws InterruptedException {
        var breaking = breaking();
        writer.start();

        assertThatThrownBy(() -> writer.submit(Lane.CLIENTS, breaking))
                .isInstanceOf(CommandBroken.class)
                .hasMessageContaining("Subscribe")
                .hasCauseInstanceOf(RuntimeException.class);

        assertThat(writer.submit(Lane.CLIENTS, subscribe())).isInstanceOf(Decision.Accepted.class);
        assertThat(ended).isEmpty();
    }

    @Test
    void carriesOutTheRestOfABatchInWhichOneCommandBreaks() {
        var breaking = breaking();
        int before = play.cluster().frameworks().size();

        var committed =
                play.committer.commit(
                        List.of(subscribe(), breaking, subscribe()), new Moment(Play.BEGINNING, 1));

        assertThat(committed.answers().get(0)).isInstanceOf(Answer.Decided.class);
        assertThat(committed.answers().get(1)).isInstanceOf(Answer.Broken.class);
        assertThat(committed.answers().get(2)).isInstanceOf(Answer.Decided.class);
        assertThat(committed.after().frameworks()).hasSize(before + 2);
        assertThat(play.journal.entries.getLast().events()).hasSizeGreaterThanOrEqualTo(2);
    }

    private static Command breaking() {
        var endless = Play.profile(Duration.ofSeconds(Long.MAX_VALUE));
        return new Command.Subscribe(
                Optional.empty(), endless, Collections.emptySortedSet(), new StreamId("endless"));
    }

    @Test
    void endsTheReignWithTheLease() {
        mayWrite.set(false);
        writer.start();

        assertThatThrownBy(() -> writer.submit(Lane.CLIENTS, subscribe()))
                .isInstanceOf(Unanswered.class);

        Await.shortly().until("the reign is over", () -> ended.size() == 1);
        assertThat(play.journal.entries).hasSize(1);
    }

    @Test
    void letsNobodyInWhenALaneIsFullAndStillHearsTheOthers() {
        for (int i = 0; i < ClusterWriter.LANE_MAX; i++)
            assertThat(writer.post(Lane.CLIENTS, new Command.Tick())).isTrue();

        assertThatThrownBy(() -> writer.submit(Lane.CLIENTS, subscribe()))
                .isInstanceOf(Unanswered.class);

        assertThat(writer.waiting()).isEqualTo(ClusterWriter.LANE_MAX);
        assertThat(writer.post(Lane.AGENTS, new Command.Tick())).isTrue();
    }

    @Test
    void tellsThoseWhoWaitWhenItIsClosed() throws InterruptedException {
        var failed = new CountDownLatch(1);
        var waiter =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                writer.submit(Lane.CLIENTS, subscribe());
                            } catch (Unanswered expected) {
                                failed.countDown();
                            } catch (InterruptedException stopped) {
                                Thread.currentThread().interrupt();
                            }
                        });
        Await.shortly().until("the command waits", () -> writer.waiting() == 1);

        writer.end();

        failed.await();
        assertThat(waiter.join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void runsTheEffectsOfAllBatchesInTheirOrder() throws InterruptedException {
        writer.start();

        for (int i = 0; i < 20; i++) writer.submit(Lane.CLIENTS, subscribe());

        Await.shortly().until("all effects were run", () -> run.size() == 20);
        assertThat(run).extracting(Committed::sequence).isSorted();
    }

    private Command subscribe() {
        return new Command.Subscribe(
                Optional.empty(),
                Play.profile(Duration.ZERO),
                Collections.emptySortedSet(),
                new StreamId("s" + streams.incrementAndGet()));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
