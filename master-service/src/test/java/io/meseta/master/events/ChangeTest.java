package io.meseta.master.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.doors.Format;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.testing.OnlyRole;
import io.meseta.master.testing.QuietLeader;
import io.meseta.master.views.Visibility;
import io.meseta.testkit.FakeTime;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The tape and what is told of it, without threads and streams.
final class ChangeTest {

    private static final Audience ALL = new Audience(Visibility.ALL, Format.JSON);
    private static final Audience ONLY_DEV = new Audience(new OnlyRole("dev"), Format.JSON);

    private final Dialect dialect = new ChangeDialect(new FakeTime());
    private final QuietLeader reign = new QuietLeader();
    private final Tape tape = new Tape(dialect, 100, 1 << 20);

    @Test
    void tellsEachReaderWhatItMaySee() {
        begin();
        reign.subscribe("dev");
        reign.subscribe("ops");

        var news = publish().orElseThrow();

        assertThat(text(news, ALL)).contains("\"dev\"").contains("\"ops\"").contains("id: 1-2\n");
        assertThat(text(news, ONLY_DEV)).contains("\"dev\"").doesNotContain("\"ops\"");
    }

    @Test
    void tellsNothingOfWhatAReaderMayNotSee() {
        begin();
        var secret = reign.subscribe("ops");
        assertThat(text(publish().orElseThrow(), ONLY_DEV)).isEmpty();

        reign.commit(new Command.RemoveFramework(secret));
        var gone = publish().orElseThrow();

        assertThat(text(gone, ALL)).contains("\"gone\":{\"frameworks\":[\"" + secret + "\"]");
        assertThat(text(gone, ONLY_DEV)).isEmpty();
    }

    @Test
    void countsABatchThatItBeganWithOnlyOnce() {
        var early = reign.subscribeBatch("dev");
        begin();
        tape.take(early);

        assertThat(tape.publish()).isEmpty();
    }

    @Test
    void knowsWhereAReaderCanGoOnAndWhereNot() {
        begin();
        var first = tape.position().orElseThrow().id();
        reign.subscribe("dev");
        publish();
        reign.subscribe("ops");
        publish();
        var last = tape.position().orElseThrow().id();

        assertThat(tape.since(first).orElseThrow()).hasSize(2);
        assertThat(tape.since(last).orElseThrow()).isEmpty();
        assertThat(tape.since(new EventId(last.epoch(), last.version() + 1))).isEmpty();
        assertThat(tape.since(new EventId(last.epoch(), 0))).isEmpty();
        begin();
        assertThat(tape.since(last)).isEmpty();
    }

    @Test
    void goesOnAfterAnEntryOfTheJournal() {
        begin();
        long known = reign.committer().sequence();
        for (var role : List.of("dev", "ops")) {
            reign.subscribe(role);
            publish();
        }

        assertThat(tape.since(known).orElseThrow()).hasSize(2);
        assertThat(tape.since(known + 1).orElseThrow()).hasSize(1);
        assertThat(tape.since(known + 2).orElseThrow()).isEmpty();
        assertThat(tape.since(known - 1)).isEmpty();
        assertThat(tape.since(known + 3)).isEmpty();
    }

    @Test
    void putsThePastBeforeWhatItHasTold() {
        long known = reign.committer().sequence();
        reign.subscribe("dev");
        begin();
        reign.subscribe("ops");
        publish();
        var past = retelling(10, 1 << 20).between(known, tape.floor());

        tape.prepend(known, ((Past.Outcome.Found) past).told());

        var all = tape.since(known).orElseThrow();
        assertThat(all).hasSize(2);
        assertThat(text(all.getFirst(), ALL)).contains("\"dev\"");
        assertThat(text(all.getLast(), ALL)).contains("\"ops\"");
        assertThat(tape.since(known - 1)).isEmpty();
    }

    @Test
    void letsGoOfThePastThatIsTooMuch() {
        long known = reign.committer().sequence();
        for (int i = 0; i < 3; i++) reign.subscribe("dev");
        var small = new Tape(dialect, 2, 1 << 20);
        small.begin(
                reign.committer().current().reign().epoch(),
                reign.committer().current(),
                reign.committer().sequence());
        var past = retelling(10, 1 << 20).between(known, small.floor());

        small.prepend(known, ((Past.Outcome.Found) past).told());

        assertThat(small.since(known)).isEmpty();
        assertThat(small.since(known + 1).orElseThrow()).hasSize(2);
    }

    @Test
    void tellsAgainOnlyWhatTheJournalHoldsAndWhatIsNotTooMuch() {
        long known = reign.committer().sequence();
        reign.subscribe("dev");
        reign.subscribe("ops");
        long now = reign.committer().sequence();
        reign.journal()
                .save(new Snapshot(now, QuietLeader.moment().at(), reign.committer().current()));

        assertThat(retelling(10, 1 << 20).between(known, now))
                .isInstanceOfSatisfying(
                        Past.Outcome.Found.class,
                        found ->
                                assertThat(found.told())
                                        .extracting(Past.Told::sequence)
                                        .containsExactly(known + 1, known + 2));
        for (var lost :
                List.of(
                        retelling(1, 1 << 20).between(known, now),
                        retelling(10, 1).between(known, now),
                        retelling(10, 1 << 20).between(known, now + 1)))
            assertThat(lost).isInstanceOf(Past.Outcome.Lost.class);
    }

    private Past retelling(long entriesMax, long bytesMax) {
        return new Retelling(
                () -> reign.journal(), dialect, new Retelling.Bounds(entriesMax, bytesMax));
    }

    @Test
    void forgetsTheOldestAtItsLimit() {
        var small = new Tape(dialect, 1, 1 << 20);
        small.begin(
                reign.committer().current().reign().epoch(),
                reign.committer().current(),
                reign.committer().sequence());
        var first = small.position().orElseThrow().id();
        for (int i = 0; i < 2; i++) {
            small.take(reign.subscribeBatch("dev"));
            small.publish();
        }

        assertThat(small.since(first)).isEmpty();
        assertThat(small.since(new EventId(first.epoch(), first.version() + 1))).isPresent();
    }

    private void begin() {
        tape.begin(
                reign.committer().current().reign().epoch(),
                reign.committer().current(),
                reign.committer().sequence());
        reign.batches().clear();
    }

    private Optional<News> publish() {
        for (var batch : reign.batches()) tape.take(batch);
        reign.batches().clear();
        return tape.publish().stream().findFirst();
    }

    private static String text(News news, Audience audience) {
        return new String(news.frame(audience), StandardCharsets.UTF_8);
    }
}
