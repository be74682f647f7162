package io.meseta.auth.limits;

import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import io.meseta.platform.limits.GuessLimits;
import java.time.InstantSource;
import java.util.function.Supplier;

/// How many wrong secrets may come, from where and for whom: see [GuessLimits]. Right ones cost
/// nothing, so that a thousand agents may come from behind one address.
public final class Attempts {

    private final InstantSource time;
    private final GuessLimits limits;

    public Attempts(InstantSource time, GuessLimits.Rates rates) {
        this.time = time;
        this.limits = new GuessLimits(rates);
    }

    /// Runs what checks a secret, if it may be checked at all.
    ///
    /// @param principal whom it is said to be from; empty if nobody is named
    /// @throws Refused as `check` throws it, or because there were too many before
    public <T> T checking(String address, String principal, Supplier<T> check) {
        admit(address, principal);
        try {
            var checked = check.get();
            succeeded(address, principal);
            return checked;
        } catch (Refused refused) {
            if (refused.refusal() instanceof Refusal.WrongSecret) failed(address, principal);
            throw refused;
        }
    }

    /// Refuses if there were too many before.
    public void admit(String address, String principal) {
        var wait = limits.wait(principal, address, time.instant());
        if (wait.isPresent()) {
            throw new Refused(new Refusal.TooOften(wait.get().toSeconds() + 1));
        }
    }

    public void failed(String address, String principal) {
        limits.failed(principal, address, time.instant());
    }

    public void succeeded(String address, String principal) {
        limits.succeeded(principal, address, time.instant());
    }
}
