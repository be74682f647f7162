package io.meseta.authorization.bundle;

import io.meseta.authorization.Groups;
import io.meseta.model.Opaque;
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
/// @param verifiers how a principal's credential is checked, opaque to this library
public record Bundle(
        long version,
        Instant issued,
        Instant expires,
        SortedMap<String, String> policies,
        Groups groups,
        SortedMap<String, Opaque> verifiers) {

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
        verifiers = Collections.unmodifiableSortedMap(new TreeMap<>(verifiers));
    }

    /// A bundle with the usual lifetime and no verifiers.
    public static Bundle of(
            long version, Instant issued, Map<String, String> policies, Groups groups) {
        return new Bundle(
                version,
                issued,
                issued.plus(LIFETIME),
                new TreeMap<>(policies),
                groups,
                new TreeMap<>());
    }

    public Bundle withVerifiers(Map<String, Opaque> more) {
        return new Bundle(version, issued, expires, policies, groups, new TreeMap<>(more));
    }
}
