package io.meseta.endtoend.network;

import static org.junit.jupiter.api.Assumptions.abort;

import io.meseta.endtoend.harness.CutWire;
import io.meseta.endtoend.harness.Ground;
import io.meseta.endtoend.network.Shell.Failed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A network of the kernel's own: each master and each agent in a network namespace, with cables to
/// a switch in another one. On one side of the switch is the database alone, on the other is
/// everybody else; this machine has a cable to both.
///
/// A cable that is pulled loses whatever is sent, and nobody is told: no connection is reset.
///
/// A service that is open to everyone listens on its loopback alone, and answers to no other name.
/// So each agent's namespace sends on to a master's what is for that master's port of its own
/// loopback, and the master's sends it on to its loopback; on this machine a relay does the first.
public final class Network implements Ground, BeforeAllCallback, AfterAllCallback {

    /// Names say whose they are, so that what a killed JVM has left is found.
    private static final String PREFIX = "meseta-net-";

    private static final Pattern OURS = Pattern.compile("(" + PREFIX + "([0-9]+)-[a-z0-9]+).*");
    private static final String SWITCH = "switch";

    /// Lets a loopback's addresses come from, and go to, elsewhere.
    private static final String LOCAL_ROUTES = "echo 1 >/proc/sys/net/ipv4/conf/all/route_localnet";

    private static final int OCTETS = 256;
    private static final int FIRST_HOST = 10;
    private static final int FIRST_AGENT = 100;

    private final long self = ProcessHandle.current().pid();
    private final int masters;
    private final int agents;
    private final List<CutWire> relays = new ArrayList<>();
    private int octet;

    /// One side of the switch. Addresses are of the range that is for tests of networks.
    public enum Side {
        LAN(18),
        DATABASE(19);

        private final int second;

        Side(int second) {
            this.second = second;
        }

        /// The bridge's name in the switch, and what a machine calls its cable to it.
        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String address(int octet, int host) {
            return "198.%d.%d.%d".formatted(second, octet, host);
        }
    }

    private Network(int masters, int agents) {
        this.masters = masters;
        this.agents = agents;
    }

    /// There from before the tests of a class until after the last of them; where this machine does
    /// not permit that, they are skipped, and it is said why.
    public static Network of(int masters, int agents) {
        return new Network(masters, agents);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        try {
            removeLeftovers();
            octet = freeOctet();
            lay();
        } catch (Failed refused) {
            remove();
            var said = "NOT TESTED with networks that are cut: " + refused.getMessage();
            System.err.println(said);
            abort(said);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        remove();
    }

    @Override
    public void expose(int master, int port) {
        var there = lanAddress(master);
        relays.add(
                CutWire.between(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        new InetSocketAddress(there, port)));
        try {
            for (int i = 1; i <= agents; i++)
                inside(
                        toAgent(i),
                        "iptables -t nat -A OUTPUT -p tcp -d 127.0.0.1 --dport %d -j DNAT"
                                        .formatted(port)
                                + " --to-destination "
                                + there.getHostAddress());
        } catch (Failed failed) {
            throw new IllegalStateException(failed);
        }
    }

    private InetAddress lanAddress(int master) {
        return InetAddress.ofLiteral(Side.LAN.address(octet, FIRST_HOST + master));
    }

    @Override
    public InetAddress database() {
        return InetAddress.ofLiteral(Side.DATABASE.address(octet, 1));
    }

    @Override
    public List<String> toMaster(int master) {
        return into(name("m" + master));
    }

    @Override
    public List<String> toAgent(int agent) {
        return into(name("a" + agent));
    }

    /// Pulls that master's cable.
    public void cutMaster(int master, Side side) {
        plug("m" + master, side, false);
    }

    /// Puts it in again.
    public void mendMaster(int master, Side side) {
        plug("m" + master, side, true);
    }

    public void cutAgent(int agent) {
        plug("a" + agent, Side.LAN, false);
    }

    public void mendAgent(int agent) {
        plug("a" + agent, Side.LAN, true);
    }

    /// Puts all cables in, whichever were pulled.
    public void mendAll() {
        for (int i = 1; i <= masters; i++) for (var side : Side.values()) mendMaster(i, side);
        for (int i = 1; i <= agents; i++) mendAgent(i);
    }

    /// Only what is in a bridge is passed on by it: what comes from another cable ends there.
    private void plug(String machine, Side side, boolean isIn) {
        try {
            if (isIn) inSwitch("link", "set", port(machine, side), "master", side.label());
            else inSwitch("link", "set", port(machine, side), "nomaster");
        } catch (Failed failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void lay() throws Failed {
        Shell.run("ip", "netns", "add", name(SWITCH));
        for (var side : Side.values()) {
            inSwitch("link", "add", side.label(), "type", "bridge");
            inSwitch("link", "set", side.label(), "up");
            // This machine's own: removed with the other end, in the switch.
            var mine = "ms%s%d".formatted(side.label().charAt(0), self);
            Shell.run(
                    "ip",
                    "link",
                    "add",
                    mine,
                    "type",
                    "veth",
                    "peer",
                    "name",
                    port("host", side),
                    "netns",
                    name(SWITCH));
            Shell.run("ip", "address", "add", side.address(octet, 1) + "/24", "dev", mine);
            Shell.run("ip", "link", "set", mine, "up");
            connect("host", side);
        }
        for (int i = 1; i <= masters; i++) {
            addMachine("m" + i);
            for (var side : Side.values()) cable("m" + i, side, FIRST_HOST + i);
            forward(i);
        }
        for (int i = 1; i <= agents; i++) {
            addMachine("a" + i);
            cable("a" + i, Side.LAN, FIRST_AGENT + i);
            inside(
                    toAgent(i),
                    LOCAL_ROUTES + " && iptables -t nat -A POSTROUTING -o lan -j MASQUERADE");
        }
    }

    private void addMachine(String machine) throws Failed {
        Shell.run("ip", "netns", "add", name(machine));
        Shell.run("ip", "-n", name(machine), "link", "set", "lo", "up");
    }

    private void cable(String machine, Side side, int host) throws Failed {
        var space = name(machine);
        var label = side.label();
        Shell.run(
                "ip",
                "-n",
                space,
                "link",
                "add",
                label,
                "type",
                "veth",
                "peer",
                "name",
                port(machine, side),
                "netns",
                name(SWITCH));
        var address = side.address(octet, host) + "/24";
        Shell.run("ip", "-n", space, "address", "add", address, "dev", label);
        Shell.run("ip", "-n", space, "link", "set", label, "up");
        connect(machine, side);
    }

    private void connect(String machine, Side side) throws Failed {
        inSwitch("link", "set", port(machine, side), "master", side.label());
        inSwitch("link", "set", port(machine, side), "up");
    }

    private void forward(int master) throws Failed {
        inside(
                toMaster(master),
                LOCAL_ROUTES
                        + " && iptables -t nat -A PREROUTING -p tcp -d "
                        + lanAddress(master).getHostAddress()
                        + " -j DNAT --to-destination 127.0.0.1");
    }

    private static void inside(List<String> way, String script) throws Failed {
        Shell.run(Stream.concat(way.stream(), Stream.of("sh", "-c", script)).toList());
    }

    private void inSwitch(String... command) throws Failed {
        var whole = new ArrayList<>(List.of("ip", "-n", name(SWITCH)));
        whole.addAll(List.of(command));
        Shell.run(whole);
    }

    private static String port(String machine, Side side) {
        return machine + "-" + side.label();
    }

    private String name(String machine) {
        return PREFIX + self + "-" + machine;
    }

    /// `ip netns exec` would also hide the machine's cgroups.
    private static List<String> into(String space) {
        return List.of("nsenter", "--net=/run/netns/" + space);
    }

    /// The third number of all addresses, which this machine uses nowhere else.
    private int freeOctet() throws Failed {
        var taken = taken();
        for (int i = 0; i < OCTETS; i++) {
            int candidate = (int) ((self + i) % OCTETS);
            if (!taken.contains(candidate)) return candidate;
        }
        throw new Failed("all addresses for tests of networks are in use");
    }

    private static Set<Integer> taken() {
        var taken = new HashSet<Integer>();
        try (var interfaces = NetworkInterface.networkInterfaces()) {
            interfaces
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getAddress)
                    .filter(bytes -> (bytes[0] & 0xff) == 198)
                    .forEach(bytes -> taken.add(bytes[2] & 0xff));
            return taken;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void removeLeftovers() throws Failed {
        for (var line : Shell.run("ip", "netns", "list").lines().toList()) {
            var match = OURS.matcher(line);
            if (match.matches() && ProcessHandle.of(Long.parseLong(match.group(2))).isEmpty())
                Shell.run("ip", "netns", "delete", match.group(1));
        }
    }

    /// Also what was made before something failed. A cable goes with either of its ends.
    private void remove() {
        relays.forEach(CutWire::close);
        try {
            for (var line : Shell.run("ip", "netns", "list").lines().toList()) {
                var match = OURS.matcher(line);
                if (match.matches() && Long.parseLong(match.group(2)) == self)
                    Shell.run("ip", "netns", "delete", match.group(1));
            }
        } catch (Failed failed) {
            System.err.println("what tests of networks have made is left: " + failed.getMessage());
        }
    }
}
