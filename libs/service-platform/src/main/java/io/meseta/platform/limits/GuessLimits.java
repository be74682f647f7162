package io.meseta.platform.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// How often a wrong secret may be tried, so that nobody guesses one and nobody is locked out by
/// who tries. Right secrets cost nothing. Safe to share between threads.
///
/// As OWASP's "device cookies" do it, with addresses for devices (machines have no cookies):
///
/// - Where a principal has lately been right, only what fails for it *there* counts. Whatever
///   happens elsewhere, its right secret is heard.
/// - Everybody else shares one allowance for that principal, however many addresses they come from.
///   It is large and refills faster than one address can empty it, so that it takes a crowd to keep
///   the principal's new devices waiting. Without it, ten thousand machines would have ten thousand
///   times as many guesses.
/// - An address has an allowance for all principals together, against those who try one secret on
///   everybody.
///
/// A lock that no crowd could close would let a crowd guess without end; this is the compromise.
public final class GuessLimits {

    /// An IPv6 host has a whole /64 to choose from.
    private static final int NETWORK_BYTES = 8;

    private final Bucket pairs;
    private final Bucket addresses;
    private final Bucket strangers;
    private final Acquaintances acquaintances;

    /// @param atOnce failures that may come at once
    /// @param oneIn how long it takes until one of them is forgotten
    public record Rate(int atOnce, Duration oneIn) {

        public Rate {
            if (atOnce < 1) throw new IllegalArgumentException("atOnce is not positive");
            if (!oneIn.isPositive()) throw new IllegalArgumentException("oneIn is not positive");
        }
    }

    /// @param perPair for one principal from one address
    /// @param perAddress for all principals from one address
    /// @param perPrincipal for one principal from all addresses where it has not been right lately
    /// @param acquaintance how long "lately" is
    public record Rates(Rate perPair, Rate perAddress, Rate perPrincipal, Duration acquaintance) {}

    public GuessLimits(Rates rates) {
        this.pairs = new Bucket(rates.perPair());
        this.addresses = new Bucket(rates.perAddress());
        this.strangers = new Bucket(rates.perPrincipal());
        this.acquaintances = new Acquaintances(rates.acquaintance());
    }

    /// How long such an attempt must wait; empty if it need not.
    ///
    /// @param principal whom the secret is said to be from; empty if nobody is named
    public Optional<Duration> wait(String principal, String address, Instant now) {
        var network = network(address);
        var longest = Duration.ZERO;
        var pair = pair(principal, network);
        if (!principal.isEmpty()) longest = pairs.wait(pair, now);
        if (principal.isEmpty() || !acquaintances.has(pair, now)) {
            longest = longer(longest, addresses.wait(network, now));
            if (!principal.isEmpty()) longest = longer(longest, strangers.wait(principal, now));
        }
        return longest.isPositive() ? Optional.of(longest) : Optional.empty();
    }

    public void failed(String principal, String address, Instant now) {
        var network = network(address);
        addresses.failed(network, now);
        if (principal.isEmpty()) return;
        var pair = pair(principal, network);
        pairs.failed(pair, now);
        if (!acquaintances.has(pair, now)) strangers.failed(principal, now);
    }

    public void succeeded(String principal, String address, Instant now) {
        if (!principal.isEmpty()) acquaintances.add(pair(principal, network(address)), now);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /// An address holds no space.
    private static String pair(String principal, String network) {
        return network + " " + principal;
    }

    private static String network(String address) {
        try {
            if (InetAddress.ofLiteral(address) instanceof Inet6Address wide) {
                var bytes = Arrays.copyOf(wide.getAddress(), NETWORK_BYTES);
                return HexFormat.of().formatHex(bytes);
            }
        } catch (IllegalArgumentException _) {
            // A name of some other kind is as good a key.
        }
        return address;
    }
}
