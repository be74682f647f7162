package io.meseta.gateway.sessions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// The one cookie of ours, by either of its names.
public final class SessionCookie {

    /// Browsers take it from this very host over TLS only, and nobody can set it for another.
    static final String SECURE = "__Host-meseta";

    /// On a machine's own loopback, where there is no TLS.
    static final String LOOPBACK = "meseta-session";

    private SessionCookie() {}

    /// The session's key, from the Cookie headers of a request.
    public static Optional<String> key(HttpFields headers) {
        if (!headers.contains(HttpHeader.COOKIE)) return Optional.empty();
        return pairs(headers)
                .filter(SessionCookie::isOurs)
                .map(pair -> pair.substring(pair.indexOf('=') + 1).strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /// Takes it out of a request that goes on: nobody behind the gateway has any use for it.
    public static void dropFromRequest(HttpFields.Mutable headers) {
        if (!headers.contains(HttpHeader.COOKIE)) return;
        var others = pairs(headers).filter(pair -> !isOurs(pair)).toList();
        if (others.isEmpty()) headers.remove(HttpHeader.COOKIE);
        else headers.put(HttpHeader.COOKIE, String.join("; ", others));
    }

    /// Takes attempts to set it out of the answer of a stranger.
    public static void dropFromAnswer(HttpFields.Mutable headers) {
        if (!headers.contains(HttpHeader.SET_COOKIE)) return;
        var kept = new ArrayList<HttpField>();
        for (var field : headers.getFields(HttpHeader.SET_COOKIE)) {
            if (!isOurs(text(field))) kept.add(field);
        }
        headers.remove(HttpHeader.SET_COOKIE);
        kept.forEach(headers::add);
    }

    private static Stream<String> pairs(HttpFields headers) {
        return headers.getFields(HttpHeader.COOKIE).stream()
                .flatMap(field -> List.of(text(field).split(";", -1)).stream())
                .map(String::strip)
                .filter(pair -> !pair.isEmpty());
    }

    private static String text(HttpField field) {
        var value = field.getValue();
        return value == null ? "" : value;
    }

    private static boolean isOurs(String pair) {
        int equals = pair.indexOf('=');
        var name = (equals < 0 ? pair : pair.substring(0, equals)).strip();
        return name.equalsIgnoreCase(SECURE) || name.equalsIgnoreCase(LOOPBACK);
    }
}
