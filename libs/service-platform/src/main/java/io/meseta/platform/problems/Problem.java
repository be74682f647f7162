package io.meseta.platform.problems;

import io.meseta.platform.trace.RequestIds;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/// One refusal on our own routes: what kind it is, and what is wrong this time in a sentence that
/// says what to do.
///
/// @param fields what programs may want to know besides, by name
public record Problem(ProblemType type, String detail, SortedMap<String, String> fields) {

    /// The field that carries the request's id.
    private static final String REQUEST_ID = "requestId";

    public Problem {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    public Problem(ProblemType type, String detail) {
        this(type, detail, new TreeMap<>());
    }

    /// What a controller returns.
    public ResponseEntity<ProblemDetail> answer() {
        return ResponseEntity.status(type.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body());
    }

    /// What a controller returns whose other answers are of other types.
    public ResponseEntity<Object> anyAnswer() {
        return ResponseEntity.status(type.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body());
    }

    ProblemDetail body() {
        var body = ProblemDetail.forStatus(type.status());
        body.setType(type.uri());
        body.setTitle(type.title());
        body.setDetail(detail);
        fields.forEach(body::setProperty);
        RequestIds.current().ifPresent(id -> body.setProperty(REQUEST_ID, id));
        return body;
    }
}
