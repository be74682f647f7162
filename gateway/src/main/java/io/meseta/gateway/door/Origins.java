package io.meseta.gateway.door;

import io.meseta.gateway.forwarding.Inbound;
import io.meseta.gateway.sessions.Loopback;
import java.util.Locale;

/// Which page a browser's request comes from.
final class Origins {

    private Origins() {}

    /// Whether a browser says that a page of ours sends this, and no other's can.
    static boolean isOwn(Inbound inbound) {
        var site = inbound.headers().get("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin")) return false;
        var origin = inbound.headers().get("Origin");
        if (origin == null) return site != null;
        var host = inbound.request().getHttpURI().getAuthority();
        return host != null && authority(origin).equals(host.toLowerCase(Locale.ROOT));
    }

    /// Whether a browser says that a page of another site sends this.
    static boolean isForeign(Inbound inbound) {
        var headers = inbound.headers();
        return (headers.contains("Origin") || headers.contains("Sec-Fetch-Site"))
                && !isOwn(inbound);
    }

    /// In open mode nothing but the host's name keeps away a page whose name leads to this machine.
    static boolean isForLoopback(Inbound inbound) {
        var uri = inbound.request().getHttpURI();
        var host = uri.getHost();
        if (host == null || !Loopback.isHost(host)) return false;
        var origin = inbound.headers().get("Origin");
        return origin == null || Loopback.isHost(host(authority(origin)));
    }

    private static String authority(String origin) {
        return origin.replaceFirst("^https?://", "").toLowerCase(Locale.ROOT);
    }

    private static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        var isPort = colon > authority.lastIndexOf(']');
        return colon >= 0 && isPort ? authority.substring(0, colon) : authority;
    }
}
