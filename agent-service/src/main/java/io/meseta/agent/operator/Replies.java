package io.meseta.agent.operator;

import io.meseta.authorization.Verdict;
import io.meseta.platform.access.Denials;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Answers in Mesos' manner: a status and a plain text, or a body of one of its types.
final class Replies {

    static final String JSON = "application/json";
    static final String PROTOBUF = "application/x-protobuf";
    static final String RECORDIO = "application/recordio";
    private static final String TEXT = "text/plain; charset=utf-8";

    /// A name that can do nothing but be called.
    private static final Pattern CALLBACK = Pattern.compile("[\\w.$\\[\\]]{1,128}");

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
        forbidden(response, denied, "403 Forbidden.");
    }

    /// Refuses as Mesos' files do, with a text of their own.
    static void forbidden(HttpServletResponse response, Verdict.Denied denied, String text)
            throws IOException {
        response.setHeader(Denials.RULE_HEADER, denied.rule().toString());
        text(response, HttpServletResponse.SC_FORBIDDEN, text);
    }

    /// Answers with JSON; with `?jsonp=f`, as a call of `f`.
    static void json(HttpServletRequest request, HttpServletResponse response, byte[] json)
            throws IOException {
        var callback = request.getParameter("jsonp");
        if (callback == null) {
            body(response, HttpServletResponse.SC_OK, JSON, json);
        } else if (CALLBACK.matcher(callback).matches()) {
            var body = new ByteArrayOutputStream(json.length + callback.length() + 3);
            body.writeBytes((callback + "(").getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(json);
            body.writeBytes(");".getBytes(StandardCharsets.US_ASCII));
            body(response, HttpServletResponse.SC_OK, "text/javascript", body.toByteArray());
        } else {
            text(
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    "'jsonp' is not the name of a function");
        }
    }

    static void empty(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentLength(0);
    }
}
