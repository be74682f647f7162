package io.meseta.gateway.sessions;

import java.net.InetAddress;

/// Tells this machine's own names from all others, without asking a resolver.
public final class Loopback {

    private Loopback() {}

    /// @param host a name or a literal address, the IPv6 ones with or without brackets
    public static boolean isHost(String host) {
        if (host.equalsIgnoreCase("localhost")) return true;
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
