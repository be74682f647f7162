package io.meseta.platform.bundles;

import io.meseta.authorization.bundle.Bundle;
import io.meseta.authorization.engine.Authorizer;
import io.meseta.authorization.text.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The newest bundle of this process. Readers take it and never wait; versions only rise.
///
/// A follower of the auth-service fills it, or the auth-service itself.
public final class CurrentBundle {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentBundle.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Consumer<KnownBundle>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable KnownBundle known;

    /// Empty before the first.
    public Optional<KnownBundle> known() {
        return Optional.ofNullable(known);
    }

    /// The version in use; 0 before the first.
    public long version() {
        var now = known;
        return now == null ? 0 : now.version();
    }

    /// What decides: before the first bundle, something that denies everything.
    public Authorizer authorizer() {
        var now = known;
        return now == null ? Authorizer.denyingAll() : now.authorizer();
    }

    /// Tells `listener` of every bundle from now on, in the order of their versions, and at once of
    /// the one there is. It is called by whoever brings the bundle, and must not wait.
    public void onChange(Consumer<KnownBundle> listener) {
        lock.lock();
        try {
            listeners.add(listener);
            known().ifPresent(listener);
        } finally {
            lock.unlock();
        }
    }

    /// Takes a bundle into use whose origin has been checked. One that is not newer changes
    /// nothing; one with a policy that cannot be read is refused as a whole.
    ///
    /// @return the bundle in use from now on, or what is wrong with this one
    public Outcome<KnownBundle> use(Bundle bundle) {
        lock.lock();
        try {
            var before = known;
            if (before != null && bundle.version() <= before.version()) {
                return new Outcome.Good<>(before);
            }
            return Authorizer.of(bundle)
                    .then(authorizer -> new Outcome.Good<>(use(bundle, authorizer)));
        } finally {
            lock.unlock();
        }
    }

    private KnownBundle use(Bundle bundle, Authorizer authorizer) {
        var next =
                new KnownBundle(
                        bundle.version(),
                        bundle.issued(),
                        bundle.expires(),
                        bundle.identities(),
                        bundle.groups(),
                        authorizer);
        known = next;
        for (var listener : listeners) tell(listener, next);
        return next;
    }

    private static void tell(Consumer<KnownBundle> listener, KnownBundle bundle) {
        try {
            listener.accept(bundle);
        } catch (RuntimeException failure) {
            // The others must hear of it all the same.
            LOG.atError().setCause(failure).log("A listener failed on a new bundle");
        }
    }
}
