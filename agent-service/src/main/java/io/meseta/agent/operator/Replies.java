package io.meseta.agent.operator;

import io.meseta.authorization.Verdict;
import io.meseta.platform.access.Denials;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Answers in Mesos' manner: a status and a plain text, or a body of one of its types.
final class Replies {

    static final String JSON = "application/json";
    static final String PROTOBUF = "application/x-protobuf";
    static final String RECORDIO = "application/recordio";
    private static final String TEXT = "text/plain; charset=utf-8";

    private Replies() {}

    static void text(HttpServletResponse response, int status, String text) throws IOException {
        body(response, status, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static void body(HttpServletResponse response, int status, String type, byte[] body)
            throws IOException {
        response.setStatus(status);
        response.setHeader("Content-Type", type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /// Refuses, and names the rule in a header: the body is Mesos'.
    static void forbidden(HttpServletResponse response, Verdict.Denied denied) throws IOException {
        response.setHeader(Denials.RULE_HEADER, denied.rule().toString());
        text(response, HttpServletResponse.SC_FORBIDDEN, "403 Forbidden.");
    }

    static void empty(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentLength(0);
    }
}
