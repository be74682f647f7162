package io.meseta.auth.web;

import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import io.meseta.auth.secrets.Seal;
import io.meseta.auth.web.Answered.Answer;
import io.meseta.model.Opaque;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Makes a thing once, however often the request comes, if it brings the same `Idempotency-Key`.
///
/// The answer is kept in the same transaction as the thing, sealed, for a day.
public final class Once {

    public static final String HEADER = "Idempotency-Key";

    private static final String REPLAYED = "Idempotency-Replayed";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final Ledger ledger;
    private final Answered answered;
    private final Seal seal;
    private final JsonMapper mapper;

    public Once(Ledger ledger, Answered answered, Seal seal, JsonMapper mapper) {
        this.ledger = ledger;
        this.answered = answered;
        this.seal = seal;
        this.mapper = mapper;
    }

    /// @param request all that was sent
    /// @param work makes it, and throws if it can't
    public <T> ResponseEntity<T> make(
            Caller by, @Nullable String key, Object request, Supplier<Made<T>> work) {
        if (key == null) return created(work.get());
        if (!KEY.matcher(key).matches()) {
            throw Refused.invalid(HEADER + ": 1 to 128 visible ASCII characters.");
        }
        var name = request.getClass().getName();
        var fingerprint = seal.fingerprint(name + mapper.writeValueAsString(request));
        return ledger.change(
                by,
                pen -> {
                    var known = answered.find(by.principal(), key);
                    if (known.isPresent()) return again(by, key, known.get(), fingerprint);
                    var made = work.get();
                    var text = mapper.writeValueAsBytes(made);
                    var answer =
                            new Answer(fingerprint, Opaque.of(seal.close(text, purpose(by, key))));
                    answered.save(by.principal(), key, answer, pen.now());
                    return created(made);
                });
    }

    private static <T> ResponseEntity<T> created(Made<T> made) {
        return Replies.created(made.resource(), made.version(), made.body());
    }

    @SuppressWarnings("unchecked") // The same JSON, whether from the thing or from its tree.
    private <T> ResponseEntity<T> again(Caller by, String key, Answer known, String fingerprint) {
        if (!known.requestFingerprint().equals(fingerprint)) {
            throw new Refused(
                    new Refusal.Conflict("This " + HEADER + " came with another request before."));
        }
        var tree =
                seal.open(known.answer().asBytes(), purpose(by, key))
                        .map(mapper::readTree)
                        .orElseThrow(() -> new IllegalStateException("an answer's seal is broken"));
        var answer =
                Replies.<JsonNode>created(
                        tree.path("resource").asString(),
                        tree.path("version").asLong(),
                        tree.path("body"));
        return (ResponseEntity<T>)
                ResponseEntity.status(answer.getStatusCode())
                        .headers(headers -> headers.addAll(answer.getHeaders()))
                        .header(REPLAYED, "true")
                        .body(answer.getBody());
    }

    private static String purpose(Caller by, String key) {
        return "answer/" + by.principal() + "/" + key;
    }
}
