package io.meseta.platform.open;

import java.net.InetAddress;

/// Tells names and addresses of this machine's loopback from all others, without asking a resolver:
/// a name that resolves to loopback now may have resolved to something else when a browser asked.
final class Loopback {

    private Loopback() {}

    /// Takes `localhost` and literal addresses, the IPv6 ones with or without brackets.
    static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost") || host.equalsIgnoreCase("localhost.")) return true;
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// The same for `host` or `host:port`, as in a Host header or an origin.
    static boolean isLoopbackAuthority(String authority) {
        int bracket = authority.lastIndexOf(']');
        int colon = authority.indexOf(':', Math.max(bracket, 0));
        if (colon < 0) return isLoopback(authority);
        var port = authority.substring(colon + 1);
        var isPort = port.chars().allMatch(c -> c >= '0' && c <= '9') && port.length() <= 5;
        return isPort && isLoopback(authority.substring(0, colon));
    }
}
