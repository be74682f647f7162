package io.meseta.gateway.forwarding;

import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// A request as it came, and where its answer goes. The callback is called exactly once, when the
/// answer is complete or will never be.
public record Inbound(Request request, Response response, Callback callback) {

    public String method() {
        return request.getMethod();
    }

    public HttpFields headers() {
        return request.getHeaders();
    }

    /// The caller's address, as the connection has it.
    public String address() {
        return Request.getRemoteAddr(request);
    }

    boolean isHttp2() {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    /// Whether the method promises that twice is the same as once.
    public boolean isIdempotent() {
        return switch (method()) {
            case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
            default -> false;
        };
    }

    /// Whether the method promises to change nothing.
    public boolean isSafe() {
        return switch (method()) {
            case "GET", "HEAD", "OPTIONS" -> true;
            default -> false;
        };
    }

    /// Whether a body may come. HTTP/2 does not say before its end; then the method tells.
    public boolean hasBody() {
        var headers = headers();
        if (headers.contains(HttpHeader.TRANSFER_ENCODING)) return true;
        if (headers.contains(HttpHeader.CONTENT_LENGTH)) {
            return headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0;
        }
        return isHttp2() && !isSafe() && !method().equals("DELETE");
    }

    /// Whether it asks to go on as a WebSocket.
    public boolean isWebSocket() {
        return method().equals("GET")
                && !isHttp2()
                && headers().contains(HttpHeader.CONNECTION, "upgrade")
                && "websocket".equals(lower(headers().get(HttpHeader.UPGRADE)));
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
