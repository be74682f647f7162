package io.meseta.auth.keys;

import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.changes.Ledger.Pen;
import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Changes keys, and knows which to use.
public final class KeysDesk {

    private final Ledger ledger;
    private final Keys keys;
    private final KeyMaking making;
    private final Terms terms;

    /// A key never changes, so what was opened once stays good.
    private final ConcurrentMap<String, PrivateKey> opened = new ConcurrentHashMap<>();

    public KeysDesk(Ledger ledger, Keys keys, KeyMaking making, Terms terms) {
        this.ledger = ledger;
        this.keys = keys;
        this.making = making;
        this.terms = terms;
    }

    /// How long things signed by a key may be shown, and how long before it signs it is announced.
    ///
    /// @param announcement for token keys: as long as a bundle may take to reach a service
    /// @param tokenLifetime the longest that a token is good for
    /// @param bundleLifetime a bundle key is announced that long before it signs, and believed that
    ///   long after
    public record Terms(Duration announcement, Duration tokenLifetime, Duration bundleLifetime) {

        private static final Duration SLACK = Duration.ofMinutes(5);

        Duration announcement(Purpose purpose) {
            return purpose == Purpose.TOKEN ? announcement : bundleLifetime;
        }

        Duration afterlife(Purpose purpose) {
            return (purpose == Purpose.TOKEN ? tokenLifetime : bundleLifetime).plus(SLACK);
        }
    }

    public KeyRing ring(Purpose purpose) {
        var ofPurpose = keys.all().stream().filter(key -> key.purpose() == purpose).toList();
        return new KeyRing(ofPurpose, terms.afterlife(purpose));
    }

    /// The key to sign with now.
    public SigningKey signing(Purpose purpose, Instant now) {
        return ring(purpose)
                .signing(now)
                .orElseThrow(() -> new IllegalStateException("there is no key for " + purpose));
    }

    public PrivateKey open(SigningKey key) {
        var known = opened.get(key.id());
        if (known != null) return known;
        var fresh =
                making.open(key)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "the seal does not open the key " + key.id()));
        opened.put(key.id(), fresh);
        return fresh;
    }

    /// Whether the seal that was given is the one that the keys were closed with.
    public boolean opensAll() {
        return keys.all().stream().allMatch(key -> making.open(key).isPresent());
    }

    /// Makes a key that takes over.
    ///
    /// @param isAtOnce it signs from now on, and what the old ones signed is believed no longer:
    ///   for the case that one was stolen
    public SigningKey rotate(Caller by, Purpose purpose, boolean isAtOnce) {
        if (isAtOnce && purpose == Purpose.BUNDLE) {
            throw Refused.invalid(
                    "A bundle's key must be known to all before it signs:"
                            + " it can't take over at once.");
        }
        return ledger.change(by, pen -> rotate(pen, purpose, isAtOnce));
    }

    private SigningKey rotate(Pen pen, Purpose purpose, boolean isAtOnce) {
        var ring = ring(purpose);
        clear(pen, ring);
        if (isAtOnce) ring.keys().forEach(old -> remove(pen, old));
        else if (keys.all().size() >= Keys.MAX) {
            throw new Refused(new Refusal.TooMany("keys", Keys.MAX));
        }
        var signsFrom = isAtOnce ? pen.now() : pen.now().plus(terms.announcement(purpose));
        return add(pen, making.make(purpose, pen.now(), signsFrom));
    }

    private SigningKey add(Pen pen, SigningKey key) {
        keys.save(key);
        pen.created(key);
        return key;
    }

    private void remove(Pen pen, SigningKey key) {
        keys.remove(key.id());
        pen.deleted(key);
    }

    private void clear(Pen pen, KeyRing ring) {
        ring.over(pen.now()).forEach(key -> remove(pen, key));
    }

    /// Stops believing a key that signs no more.
    public void withdraw(Caller by, String id) {
        ledger.<Boolean>change(
                by,
                pen -> {
                    var key =
                            keys.all().stream()
                                    .filter(each -> each.id().equals(id))
                                    .findFirst()
                                    .orElseThrow(() -> new Refused(new Refusal.Unknown("key", id)));
                    if (signing(key.purpose(), pen.now()).equals(key)) {
                        throw new Refused(
                                new Refusal.Conflict(
                                        "This key signs at present: rotate it first."));
                    }
                    remove(pen, key);
                    return true;
                });
    }

    /// Takes away what is over.
    public void tidy() {
        var isOver =
                ledger.<Boolean>note(
                        Caller.ITSELF,
                        pen ->
                                List.of(Purpose.values()).stream()
                                        .anyMatch(each -> !ring(each).over(pen.now()).isEmpty()));
        if (!isOver) return;
        ledger.<Boolean>change(
                Caller.ITSELF,
                pen -> {
                    for (var purpose : Purpose.values()) clear(pen, ring(purpose));
                    return true;
                });
    }

    /// Makes sure of a key for each purpose, at a start.
    ///
    /// @param firstBundleKey the one that everybody trusts, if there has been none yet
    /// @return empty if the first bundle key was needed and is not there
    public Optional<Boolean> begin(Pen pen, Optional<SigningKey> firstBundleKey) {
        if (ring(Purpose.TOKEN).keys().isEmpty()) {
            add(pen, making.make(Purpose.TOKEN, pen.now(), pen.now()));
        }
        if (!ring(Purpose.BUNDLE).keys().isEmpty()) return Optional.of(true);
        if (firstBundleKey.isEmpty()) return Optional.empty();
        add(pen, firstBundleKey.get());
        return Optional.of(true);
    }

    public KeyMaking making() {
        return making;
    }
}
