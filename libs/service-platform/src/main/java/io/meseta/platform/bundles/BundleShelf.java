package io.meseta.platform.bundles;

import io.meseta.authorization.bundle.Bundle;
import io.meseta.authorization.bundle.Receipt;
import io.meseta.authorization.bundle.SignedBundle;
import io.meseta.authorization.bundle.TrustedKeys;
import io.meseta.authorization.text.Outcome;
import io.meseta.platform.credentials.PrivateFile;
import io.meseta.platform.start.StartRefused;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks what comes, keeps the newest in a file, and remembers whom to believe next.
///
/// Once a bundle has named the keys of its successors, they alone are believed, after a restart
/// too; the trust file is for the beginning. To begin anew, remove the state directory.
final class BundleShelf {

    private static final Logger LOG = LoggerFactory.getLogger(BundleShelf.class);

    private static final int BUNDLE_BYTES_MAX = (64 << 20) + 128;

    /// A bundle from the file may have expired while nobody ran: by an expired one, callers are
    /// still known and may read. Not for longer than this, since revocations have been missed.
    private static final Duration EXPIRED_MAX = Bundle.LIFETIME_MAX;

    private final CurrentBundle current;
    private final Path bundleFile;
    private final Path keysFile;
    private final InstantSource clock;
    private TrustedKeys trusted;

    BundleShelf(CurrentBundle current, Path trustFile, Path stateDir, InstantSource clock) {
        this.current = current;
        this.bundleFile = stateDir.resolve("bundle");
        this.keysFile = stateDir.resolve("bundle-keys");
        this.clock = clock;
        this.trusted =
                trust(keysFile)
                        .or(() -> trust(trustFile))
                        .orElseThrow(() ->
                                new StartRefused(
                                        "meseta.auth.trust-file: there is no " + trustFile + "."));
    }

    private static Optional<TrustedKeys> trust(Path file) {
        return PrivateFile.read(file, Trust.FILE_BYTES_MAX)
                .map(bytes ->
                        Trust.parse(new String(bytes, StandardCharsets.UTF_8), file.toString()));
    }

    /// Takes the bundle of the last run into use, if there is one and it will do.
    void open() {
        PrivateFile.read(bundleFile, BUNDLE_BYTES_MAX)
                .flatMap(SignedBundle::parse)
                .ifPresent(signed -> {
                    var receipt = lenient(signed);
                    switch (receipt) {
                        case Receipt.Accepted(var bundle) -> current.use(bundle);
                        case Receipt.Refused refused ->
                                LOG.atWarn()
                                        .addKeyValue("reason", refused.reason())
                                        .log("The bundle of the last run is of no use");
                    }
                });
    }

    private Receipt lenient(SignedBundle signed) {
        var now = clock.instant();
        var receipt = signed.check(trusted, current.version(), now);
        var isLateOnly =
                receipt instanceof Receipt.Refused.Expired(var at)
                        && now.isBefore(at.plus(EXPIRED_MAX));
        if (!isLateOnly) return receipt;
        return signed.check(trusted, current.version(), expiry(receipt).minusSeconds(1));
    }

    private static Instant expiry(Receipt receipt) {
        return receipt instanceof Receipt.Refused.Expired(var at) ? at : Instant.MIN;
    }

    /// What became of the bytes of a bundle.
    sealed interface Arrival {

        record InUse(long version) implements Arrival {}

        /// @param cause a word for metrics
        record Refused(String cause, String reason) implements Arrival {}
    }

    Arrival arrived(byte[] bytes) {
        var signed = SignedBundle.parse(bytes);
        if (signed.isEmpty()) return new Arrival.Refused("unreadable", "It is no bundle");
        return switch (signed.get().check(trusted, current.version(), clock.instant())) {
            case Receipt.Accepted(var bundle) -> accepted(bundle, bytes);
            case Receipt.Refused refused -> new Arrival.Refused(word(refused), refused.reason());
        };
    }

    private Arrival accepted(Bundle bundle, byte[] bytes) {
        return switch (current.use(bundle)) {
            case Outcome.Bad(var problems) ->
                    new Arrival.Refused("policies", "Its policies are wrong: " + problems);
            case Outcome.Good(var known) -> {
                keep(bundle, bytes);
                yield new Arrival.InUse(known.version());
            }
        };
    }

    /// First the keys: a bundle signed by one of them must be readable at the next start. Whoever
    /// cannot write goes on with what is in memory, and says so.
    private void keep(Bundle bundle, byte[] bytes) {
        var next = Trust.successors(bundle.identities().bundleKeys());
        next.ifPresent(keys -> trusted = keys);
        try {
            if (next.isPresent()) PrivateFile.write(keysFile, Trust.print(trusted));
            PrivateFile.write(bundleFile, bytes);
        } catch (UncheckedIOException failure) {
            LOG.atError().setCause(failure).log("The bundle cannot be kept for the next start");
        }
    }

    private static String word(Receipt.Refused refused) {
        return refused.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
