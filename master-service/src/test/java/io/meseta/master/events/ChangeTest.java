package io.meseta.master.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Moment;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.core.task.Task;
import io.meseta.master.doors.Format;
import io.meseta.master.engine.Committed;
import io.meseta.master.engine.Committer;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.views.Visibility;
import io.meseta.model.FrameworkId;
import io.meseta.model.MasterId;
import io.meseta.model.Role;
import io.meseta.testkit.FakeTime;
import io.meseta.testkit.cluster.FrameworkDraft;
import io.meseta.testkit.cluster.InMemoryJournal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The tape and what is told of it, without threads and streams.
final class ChangeTest {

    private static final Audience ALL = new Audience(Visibility.ALL, Format.JSON);
    private static final Audience ONLY_DEV = new Audience(new OnlyRole("dev"), Format.JSON);

    private final Dialect dialect = new ChangeDialect(new FakeTime());
    private final Reign reign = new Reign();
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
        long known = reign.committer.sequence();
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
        long known = reign.committer.sequence();
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
        long known = reign.committer.sequence();
        for (int i = 0; i < 3; i++) reign.subscribe("dev");
        var small = new Tape(dialect, 2, 1 << 20);
        small.begin(
                reign.committer.current().reign().epoch(),
                reign.committer.current(),
                reign.committer.sequence());
        var past = retelling(10, 1 << 20).between(known, small.floor());

        small.prepend(known, ((Past.Outcome.Found) past).told());

        assertThat(small.since(known)).isEmpty();
        assertThat(small.since(known + 1).orElseThrow()).hasSize(2);
    }

    @Test
    void tellsAgainOnlyWhatTheJournalHoldsAndWhatIsNotTooMuch() {
        long known = reign.committer.sequence();
        reign.subscribe("dev");
        reign.subscribe("ops");
        long now = reign.committer.sequence();
        reign.journal.save(new Snapshot(now, Reign.moment().at(), reign.committer.current()));

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
                () -> reign.journal, dialect, new Retelling.Bounds(entriesMax, bytesMax));
    }

    @Test
    void forgetsTheOldestAtItsLimit() {
        var small = new Tape(dialect, 1, 1 << 20);
        small.begin(
                reign.committer.current().reign().epoch(),
                reign.committer.current(),
                reign.committer.sequence());
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
                reign.committer.current().reign().epoch(),
                reign.committer.current(),
                reign.committer.sequence());
        reign.batches.clear();
    }

    private Optional<News> publish() {
        for (var batch : reign.batches) tape.take(batch);
        reign.batches.clear();
        return tape.publish().stream().findFirst();
    }

    private static String text(News news, Audience audience) {
        return new String(news.frame(audience), StandardCharsets.UTF_8);
    }

    /// A leader without a thread.
    private static final class Reign {

        private final List<Committed> batches = new ArrayList<>();
        private final InMemoryJournal journal = new InMemoryJournal();
        private final Committer committer;
        private int names;

        Reign() {
            var lead = new Command.Lead(new Epoch(1), new MasterId("M"), Terms.DEFAULT);
            committer = Committer.takeOver(journal, lead, moment());
        }

        private static Moment moment() {
            return new Moment(Instant.parse("2026-01-01T00:00:00Z"), 1);
        }

        Committed commit(Command command) {
            var batch = committer.commit(List.of(command), moment());
            batches.add(batch);
            return batch;
        }

        Committed subscribeBatch(String role) {
            return commit(
                    new Command.Subscribe(
                            Optional.empty(),
                            FrameworkDraft.aFramework().in(role).profile(),
                            Collections.emptySortedSet(),
                            new StreamId("s" + ++names)));
        }

        FrameworkId subscribe(String role) {
            var before = committer.current().frameworks().keySet();
            subscribeBatch(role);
            return committer.current().frameworks().keySet().stream()
                    .filter(id -> !before.contains(id))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// Sees the frameworks of one role and their tasks.
    private record OnlyRole(String role) implements Visibility {

        @Override
        public Object audience() {
            return role;
        }

        @Override
        public boolean shows(Agent agent) {
            return false;
        }

        @Override
        public boolean shows(Framework framework) {
            return framework.profile().roles().stream().anyMatch(each -> each.name().equals(role));
        }

        @Override
        public boolean shows(Task task, Optional<Framework> owner) {
            return owner.filter(this::shows).isPresent();
        }

        @Override
        public boolean showsQuota(Role other) {
            return other.name().equals(role);
        }

        @Override
        public boolean shows(Executor executor, Framework owner) {
            return executor.role().name().equals(role);
        }

        @Override
        public boolean shows(Role other) {
            return other.name().equals(role);
        }

        @Override
        public boolean showsFlags() {
            return false;
        }

        @Override
        public boolean holds() {
            return true;
        }
    }
}
