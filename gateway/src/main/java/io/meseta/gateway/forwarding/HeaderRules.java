package io.meseta.gateway.forwarding;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// Which headers pass, and which are said anew.
public final class HeaderRules {

    /// Those of one connection (RFC 9110, 7.6.1), those that frame a message, and Expect, which
    /// this hop has answered already.
    private static final Set<String> OF_ONE_HOP =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-connection",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "http2-settings");

    private static final Set<String> SAID_ANEW =
            Set.of("host", "content-length", "expect", "forwarded", "x-real-ip", "x-request-id");

    private static final String FORWARDED = "x-forwarded-";

    /// What the gateway says to microservices; nobody else may.
    private static final String OURS = "x-meseta-";

    private HeaderRules() {}

    /// The headers of `inbound` that pass, and those that say where it came from. Whatever the
    /// caller said of that is dropped: the gateway is the first who can be believed.
    public static HttpFields.Mutable request(Inbound inbound, String requestId) {
        var named = namedByConnection(inbound.headers());
        var passed = HttpFields.build();
        for (var field : inbound.headers()) {
            var name = field.getLowerCaseName();
            if (passes(name, named) && !SAID_ANEW.contains(name)) passed.add(field);
        }
        sayOrigin(inbound, passed);
        passed.put("X-Request-Id", requestId);
        return passed;
    }

    private static void sayOrigin(Inbound inbound, HttpFields.Mutable passed) {
        var address = inbound.address();
        var scheme = inbound.request().isSecure() ? "https" : "http";
        var uri = inbound.request().getHttpURI();
        var host = uri.getAuthority() == null ? "" : uri.getAuthority();
        passed.put("X-Forwarded-For", address);
        passed.put("X-Forwarded-Proto", scheme);
        if (!host.isEmpty()) passed.put("X-Forwarded-Host", host);
        var node = address.contains(":") ? "\"[" + address + "]\"" : address;
        var forwarded = "for=" + node + ";proto=" + scheme;
        passed.put("Forwarded", host.isEmpty() ? forwarded : forwarded + ";host=\"" + host + "\"");
    }

    private static boolean passes(String name, Set<String> named) {
        return !OF_ONE_HOP.contains(name)
                && !named.contains(name)
                && !name.startsWith(FORWARDED)
                && !name.startsWith(OURS)
                && !name.startsWith(":");
    }

    /// Copies what of an answer passes.
    static void answer(HttpFields from, HttpFields.Mutable to) {
        var named = namedByConnection(from);
        for (var field : from) {
            var name = field.getLowerCaseName();
            if (OF_ONE_HOP.contains(name) || named.contains(name)) continue;
            // One id for one request: ours is there already.
            if (name.equals("x-request-id")) continue;
            to.add(field);
        }
    }

    private static Set<String> namedByConnection(HttpFields headers) {
        if (!headers.contains(HttpHeader.CONNECTION)) return Set.of();
        var names = new HashSet<String>();
        for (HttpField field : headers.getFields(HttpHeader.CONNECTION)) {
            for (var value : field.getValues()) names.add(value.toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
