package io.meseta.gateway.door;

import io.meseta.gateway.forwarding.HeaderRules;
import io.meseta.gateway.forwarding.Inbound;
import io.meseta.gateway.sessions.SessionCookie;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;

/// What a request carries on its way, and the ids by which it is found again.
final class Passing {

    static final String REQUEST_ID = "X-Request-Id";

    private static final String TRACE = "traceparent";
    private static final Pattern REQUEST_ID_FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern TRACE_FORM =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private Passing() {}

    /// What the caller brought, if it will do; a new id otherwise.
    static String requestId(HttpFields headers) {
        var brought = headers.get(REQUEST_ID);
        if (brought != null && REQUEST_ID_FORM.matcher(brought).matches()) return brought;
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    static HttpFields.Mutable headers(Inbound inbound, String requestId) {
        var headers = HeaderRules.request(inbound, requestId);
        SessionCookie.dropFromRequest(headers);
        var trace = headers.get(TRACE);
        if (trace == null || !TRACE_FORM.matcher(trace).matches()) headers.put(TRACE, newTrace());
        return headers;
    }

    /// As W3C's Trace Context has them; not sampled, since nobody has asked for it.
    private static String newTrace() {
        var bytes = new byte[24];
        ThreadLocalRandom.current().nextBytes(bytes);
        // All zeros would mean none.
        bytes[0] |= 1;
        bytes[16] |= 1;
        var text = HexFormat.of().formatHex(bytes);
        return "00-" + text.substring(0, 32) + "-" + text.substring(32) + "-00";
    }
}
