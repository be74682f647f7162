package io.meseta.agent.wiring;

import io.meseta.platform.start.StartRefused;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// By which address others reach what listens here.
final class OwnAddress {

    private static final Logger LOG = LoggerFactory.getLogger(OwnAddress.class);

    private OwnAddress() {}

    /// @param bound what the server listens on
    /// @param hostname by which others reach this machine; may be empty if `bound` is no wildcard
    /// @return `bound`, or the host's address where `bound` stands for all that the machine has
    /// @throws StartRefused for a wildcard without a name: nobody would find this agent
    static String of(String bound, String hostname) {
        if (!isWildcard(bound)) return bound;
        if (hostname.isEmpty()) {
            throw new StartRefused(
                    "An agent that listens on all addresses must say by which name others reach it:"
                            + " set --meseta.agent.hostname.");
        }
        try {
            return InetAddress.getByName(hostname).getHostAddress();
        } catch (UnknownHostException _) {
            // Some networks know a machine by its name only once it is ready.
            var local = local().getHostAddress();
            LOG.atWarn()
                    .addKeyValue("hostname", hostname)
                    .addKeyValue("address", local)
                    .log("The agent's own name does not resolve here; tasks are told this address");
            return local;
        }
    }

    private static InetAddress local() {
        try {
            return InetAddress.getLocalHost();
        } catch (UnknownHostException _) {
            return InetAddress.getLoopbackAddress();
        }
    }

    private static boolean isWildcard(String address) {
        try {
            return InetAddress.ofLiteral(address).isAnyLocalAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
