package io.meseta.platform.problems;

import io.meseta.platform.trace.RequestIds;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/// One refusal on our own routes: what kind it is, and what is wrong this time in a sentence that
/// says what to do.
public record Problem(ProblemType type, String detail) {

    /// The field that carries the request's id.
    private static final String REQUEST_ID = "requestId";

    /// What a controller returns.
    public ResponseEntity<ProblemDetail> answer() {
        return ResponseEntity.status(type.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body());
    }

    ProblemDetail body() {
        var body = ProblemDetail.forStatus(type.status());
        body.setType(type.uri());
        body.setTitle(type.title());
        body.setDetail(detail);
        RequestIds.current().ifPresent(id -> body.setProperty(REQUEST_ID, id));
        return body;
    }
}
