package io.meseta.master.past;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.doors.Sight;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.history.Life;
import io.meseta.master.leadership.Leadership;
import io.meseta.testkit.cluster.InMemoryJournal;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/// Where the older endpoints' answers come from, and how many at once.
final class SightsTest {

    private static final int ENTRIES = 60;
    private static final long OLDEST = 20;

    private final Life life = Life.of(5, ENTRIES);
    private final List<Sight> seen = new ArrayList<>();
    private final Sights sights = sights(1);

    @Test
    void showsThePast() throws IOException {
        var response = ask("sequence:40", seen::add);

        assertThat(seen)
                .singleElement()
                .satisfies(sight -> {
                    assertThat(sight.isPast()).isTrue();
                    assertThat(sight.newest().get().durable()).isEqualTo(life.after(40).durable());
                });
        assertThat(response.getHeader("Meseta-Sequence")).isEqualTo("40");
        assertThat(response.getHeader("Meseta-At"))
                .isEqualTo(Life.BEGINNING.plusSeconds(40).toString());
    }

    @Test
    void saysHowFarItGoesBack() throws IOException {
        var response = ask("sequence:5", seen::add);

        assertThat(response.getStatus()).isEqualTo(410);
        assertThat(response.getContentAsString())
                .startsWith(
                        "That is too long ago. The oldest state there is to see is sequence:20");
        assertThat(seen).isEmpty();
    }

    @Test
    void showsOnlySoManyAtOnce() throws IOException {
        var within = new ArrayList<MockHttpServletResponse>();

        ask("sequence:40", sight -> within.add(ask("sequence:41", seen::add)));
        ask("sequence:42", seen::add);

        assertThat(within.getFirst().getStatus()).isEqualTo(503);
        assertThat(within.getFirst().getHeader("Retry-After")).isEqualTo("5");
        assertThat(seen).hasSize(1);
    }

    @Test
    void goesOnAfterAnAnswerThatCouldNotBeGiven() throws IOException {
        try {
            ask(
                    "sequence:40",
                    _ -> {
                        throw new IOException("the reader is gone");
                    });
        } catch (IOException gone) {
            assertThat(gone).hasMessage("the reader is gone");
        }

        ask("sequence:40", seen::add);

        assertThat(seen).hasSize(1);
    }

    @Test
    void asksTheLeaderForThePresent() throws IOException {
        var response = ask("", seen::add);

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getContentAsString()).isEqualTo("No leader elected");
    }

    private MockHttpServletResponse ask(String at, Sights.Answer answer) throws IOException {
        var request = new MockHttpServletRequest("GET", "/state");
        request.setQueryString("at=" + at);
        var response = new MockHttpServletResponse();
        sights.answer(new Exchange(request, response), answer);
        return response;
    }

    private Sights sights(int shownMax) {
        var journal = new Kept();
        journal.raise(Life.EPOCH);
        life.entries().forEach(journal::append);
        var states =
                new PastStates(
                        () -> journal,
                        PastStates.Bounds.DEFAULT,
                        () -> Life.BEGINNING.plusSeconds(1_000));
        return new Sights(new LeaderDoor(new Nobody()), states, shownMax);
    }

    /// Nobody leads.
    private static final class Nobody implements Leadership {

        @Override
        public Role role() {
            return new Role.Leaderless();
        }

        @Override
        public void onChange(Runnable told) {}

        @Override
        public void epochBehind(Epoch seen) {}
    }

    /// A journal that does not go back to its beginning.
    private static final class Kept implements Journal {

        private final InMemoryJournal inner = new InMemoryJournal();

        @Override
        public Head head() {
            return inner.head();
        }

        @Override
        public Head raise(Epoch epoch) {
            return inner.raise(epoch);
        }

        @Override
        public void append(Entry entry) {
            inner.append(entry);
        }

        @Override
        public void read(long fromSequence, Consumer<Entry> reader) {
            inner.read(fromSequence, reader);
        }

        @Override
        public Optional<Instant> at(long sequence) {
            return inner.at(sequence);
        }

        @Override
        public long oldestState() {
            return OLDEST;
        }

        @Override
        public Optional<Snapshot> newestSnapshot() {
            return inner.newestSnapshot();
        }

        @Override
        public void save(Snapshot snapshot) {
            inner.save(snapshot);
        }
    }
}
