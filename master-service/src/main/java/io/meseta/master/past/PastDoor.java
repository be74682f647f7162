package io.meseta.master.past;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.past.Opening.Bound;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/// The door of whatever can also be asked of the past. Every master answers, whoever leads: what is
/// past is the same for all.
public final class PastDoor {

    static final String SEQUENCE = "Meseta-Sequence";

    /// When the newest entry of the answer was written.
    static final String AT = "Meseta-At";

    static final String MALFORMED = "'at' must be a time like 2026-11-23T08:15:00Z, or sequence:N.";
    static final String BUSY = "Others are being served, or this takes too long.";

    private static final ProblemType TOO_OLD = new ProblemType("too-old", 410, "Too long ago");
    private static final ProblemType NOT_YET = new ProblemType("not-yet", 422, "Not yet");

    private final PastStates states;

    public PastDoor(PastStates states) {
        this.states = states;
    }

    /// The answer from the state as it was, or why there is none.
    ///
    /// @param at as [When] has it
    /// @param body what is to be said of that state
    public ResponseEntity<Object> answer(String at, Function<Cluster, Object> body) {
        var when = When.of(at);
        if (when.isEmpty()) return new Problem(ProblemType.MALFORMED, MALFORMED).anyAnswer();
        try {
            return switch (states.open(when.get())) {
                case Opening.Opened(var cluster, var sequence, var time) -> {
                    var answer = ResponseEntity.ok().header(SEQUENCE, Long.toString(sequence));
                    time.map(Instant::toString).ifPresent(text -> answer.header(AT, text));
                    yield answer.body(body.apply(cluster));
                }
                case Opening.TooOld old -> bounded(TOO_OLD, words(old), "oldest", old.oldest());
                case Opening.TooNew early ->
                        bounded(NOT_YET, words(early), "newest", early.newest());
                case Opening.Busy(var pause) -> later(BUSY, pause);
            };
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return later("This master stops.", Duration.ofSeconds(1));
        }
    }

    /// Why it can't be seen, and what can.
    static String words(Opening.TooOld old) {
        return "That is too long ago. The oldest" + words(old.oldest());
    }

    /// Why it can't be seen, and what can.
    static String words(Opening.TooNew early) {
        return "That has not come yet. The newest" + words(early.newest());
    }

    private static String words(Bound bound) {
        return " state there is to see is sequence:%d%s."
                .formatted(bound.sequence(), bound.at().map(time -> " of " + time).orElse(""));
    }

    private static ResponseEntity<Object> bounded(
            ProblemType type, String detail, String name, Bound bound) {
        var fields = new TreeMap<String, String>();
        fields.put(name + "Sequence", Long.toString(bound.sequence()));
        bound.at().ifPresent(time -> fields.put(name + "At", time.toString()));
        return new Problem(type, detail, fields).anyAnswer();
    }

    private static ResponseEntity<Object> later(String detail, Duration pause) {
        var problem = new Problem(ProblemType.UNAVAILABLE, detail).anyAnswer();
        var headers = new HttpHeaders(problem.getHeaders());
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, pause.toSeconds())));
        return ResponseEntity.status(problem.getStatusCode())
                .headers(headers)
                .body(problem.getBody());
    }
}
