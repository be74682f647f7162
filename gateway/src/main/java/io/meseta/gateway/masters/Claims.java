package io.meseta.gateway.masters;

import io.meseta.gateway.forwarding.Upstream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Who said last that who leads.
///
/// A master that hangs keeps its last word until that is too old. Of several who are named, the one
/// who was named last for the first time leads: leadership went there most recently, and whoever
/// names another has not heard of it.
final class Claims {

    private final long ageMaxNanos;
    private final Map<Upstream, Claim> byMaster = new HashMap<>();
    private final Map<Upstream, Long> firstNamed = new HashMap<>();

    private record Claim(Upstream leader, long atNanos) {}

    Claims(Duration ageMax) {
        this.ageMaxNanos = ageMax.toNanos();
    }

    /// `master` named `leader`.
    synchronized void name(Upstream master, Upstream leader, long nowNanos) {
        byMaster.put(master, new Claim(leader, nowNanos));
        firstNamed.putIfAbsent(leader, nowNanos);
    }

    /// `master` answered, and knows nobody who leads; or its connection was refused.
    synchronized void nameNobody(Upstream master) {
        byMaster.remove(master);
    }

    synchronized Optional<Upstream> leader(long nowNanos) {
        byMaster.values().removeIf(claim -> nowNanos - claim.atNanos() > ageMaxNanos);
        firstNamed.keySet().retainAll(named());
        return firstNamed.entrySet().stream()
                .reduce((one, other) -> other.getValue() - one.getValue() > 0 ? other : one)
                .map(Map.Entry::getKey);
    }

    private Set<Upstream> named() {
        return byMaster.values().stream().map(Claim::leader).collect(Collectors.toSet());
    }
}
