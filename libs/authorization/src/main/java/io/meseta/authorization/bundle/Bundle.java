package io.meseta.authorization.bundle;

import io.meseta.authorization.Groups;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// All that a service needs to know callers and to decide about them, at one version.
///
/// @param version rises with each bundle, over all restarts and rotations of keys; from 1
/// @param issued to the second
/// @param expires to the second; from then on nothing may be changed by these policies
/// @param policies each policy's text by its name
/// @param identities how callers are known
public record Bundle(
        long version,
        Instant issued,
        Instant expires,
        SortedMap<String, String> policies,
        Groups groups,
        Identities identities) {

    /// How long a bundle is good for if nobody says otherwise.
    public static final Duration LIFETIME = Duration.ofHours(1);

    /// No bundle may be good for longer: a stolen one must grow old.
    public static final Duration LIFETIME_MAX = Duration.ofHours(24);

    public Bundle {
        if (version < 1) throw new IllegalArgumentException("A bundle's version is at least 1");
        issued = Instant.ofEpochSecond(issued.getEpochSecond());
        expires = Instant.ofEpochSecond(expires.getEpochSecond());
        if (!issued.isBefore(expires) || expires.isAfter(issued.plus(LIFETIME_MAX))) {
            throw new IllegalArgumentException("A bundle lives from a second to " + LIFETIME_MAX);
        }
        policies = Collections.unmodifiableSortedMap(new TreeMap<>(policies));
    }

    /// A bundle with the usual lifetime, by which nobody is known.
    public static Bundle of(
            long version, Instant issued, Map<String, String> policies, Groups groups) {
        return new Bundle(
                version,
                issued,
                issued.plus(LIFETIME),
                new TreeMap<>(policies),
                groups,
                Identities.NONE);
    }

    public Bundle withIdentities(Identities other) {
        return new Bundle(version, issued, expires, policies, groups, other);
    }
}
