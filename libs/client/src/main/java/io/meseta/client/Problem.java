package io.meseta.client;

import com.google.protobuf.ByteString;
import io.meseta.client.json.Json;
import io.meseta.client.json.MalformedJson;

/// Why a call was refused: problem details as in RFC 9457 where the answer has them, else made from
/// the status line and the plain text of the body.
///
/// @param status the HTTP status
/// @param type what kind of problem it is, a URI reference; `about:blank` when only the status says
/// @param title short, the same for each problem of a type; may be empty
/// @param detail this very case; may be empty
public record Problem(int status, String type, String title, String detail) {

    /// A longer text is cut: it goes to a terminal.
    private static final int TEXT_MAX = 2_000;

    private static final String ANY_TYPE = "about:blank";

    static Problem of(int status, String contentType, ByteString body) {
        var text = body.toStringUtf8();
        if (contentType.startsWith("application/problem+json")
                || contentType.startsWith("application/json")) {
            try {
                var json = Json.parse(text);
                return new Problem(
                        status,
                        json.textOf("type").orElse(ANY_TYPE),
                        cleaned(json.textOf("title").orElse("")),
                        cleaned(json.textOf("detail").orElse("")));
            } catch (MalformedJson _) {
                return new Problem(status, ANY_TYPE, "", cleaned(text));
            }
        }
        return new Problem(status, ANY_TYPE, "", cleaned(text));
    }

    /// One line: the status, and the best words there are.
    String summary() {
        var words = detail.isEmpty() ? title : detail;
        return words.isEmpty() ? "HTTP " + status : "HTTP " + status + ": " + words;
    }

    /// Keeps a hostile answer from steering the terminal on which it is shown.
    private static String cleaned(String text) {
        var cut = text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) + "…" : text;
        return cut.strip().replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
    }
}
