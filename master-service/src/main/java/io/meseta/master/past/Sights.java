package io.meseta.master.past;

import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.doors.Sight;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;

/// Where the older endpoints' answers come from: the present, or with `?at=` the past, of which
/// every master answers, whoever leads.
public final class Sights {

    private static final String AT = "at";

    private static final int GONE = HttpServletResponse.SC_GONE;
    private static final int NOT_YET = 422;

    /// How long whoever is sent away should wait.
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final LeaderDoor door;
    private final PastStates states;

    /// A document of a whole cluster takes as long as its reader reads, and its state stays in
    /// memory for so long.
    private final Semaphore shown;

    /// Answers an exchange.
    @FunctionalInterface
    public interface Answer {
        void from(Sight sight) throws IOException;
    }

    /// @param shownMax how many past states are shown at once
    public Sights(LeaderDoor door, PastStates states, int shownMax) {
        this.door = door;
        this.states = states;
        this.shown = new Semaphore(shownMax);
    }

    /// The way to the present alone.
    public LeaderDoor door() {
        return door;
    }

    /// Answers from the state that is asked for, or says why there is none.
    public void answer(Exchange exchange, Answer answer) throws IOException {
        var at = exchange.query(AT).filter(text -> !text.isEmpty());
        if (at.isEmpty()) {
            var sight = door.see(exchange);
            if (sight.isPresent()) answer.from(sight.get());
            return;
        }
        var when = When.of(at.get());
        if (when.isEmpty()) exchange.text(HttpServletResponse.SC_BAD_REQUEST, PastDoor.MALFORMED);
        else past(exchange, when.get(), answer);
    }

    private void past(Exchange exchange, When when, Answer answer) throws IOException {
        if (!shown.tryAcquire()) {
            later(exchange, PAUSE);
            return;
        }
        try {
            open(exchange, when, answer);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            exchange.unavailable("This master is stopping");
        } finally {
            shown.release();
        }
    }

    private void open(Exchange exchange, When when, Answer answer)
            throws IOException, InterruptedException {
        switch (states.open(when)) {
            case Opening.Opened(var cluster, var sequence, var time) -> {
                var response = exchange.response();
                response.setHeader(PastDoor.SEQUENCE, Long.toString(sequence));
                time.map(Instant::toString)
                        .ifPresent(text -> response.setHeader(PastDoor.AT, text));
                answer.from(Sight.past(cluster, sequence));
            }
            case Opening.TooOld old -> exchange.text(GONE, PastDoor.words(old));
            case Opening.TooNew early -> exchange.text(NOT_YET, PastDoor.words(early));
            case Opening.Busy(var pause) -> later(exchange, pause);
        }
    }

    private static void later(Exchange exchange, Duration pause) throws IOException {
        var seconds = Long.toString(Math.max(1, pause.toSeconds()));
        exchange.response().setHeader("Retry-After", seconds);
        exchange.text(HttpServletResponse.SC_SERVICE_UNAVAILABLE, PastDoor.BUSY);
    }
}
