package io.meseta.master.core.agent;

import static java.util.Collections.emptySortedMap;
import static java.util.Collections.unmodifiableSortedMap;

import io.meseta.allocator.constraint.Place.FaultDomain;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where an agent is, as far as decisions need it.
///
/// @param ip by which operators know its machine besides the host name; empty if it does not say
/// @param isRemote whether it is in another region than the master, whatever its domain
/// @param domain where machines fail together
/// @param attributes the text of each attribute by its name, empty if it is of another type
public record Site(
        String ip,
        boolean isRemote,
        Optional<FaultDomain> domain,
        SortedMap<String, Optional<String>> attributes) {

    public static final Site UNKNOWN = new Site("", false);

    public Site {
        attributes = unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /// Of an agent that has no attributes and is in no region.
    public Site(String ip, boolean isRemote) {
        this(ip, isRemote, Optional.empty(), emptySortedMap());
    }

    /// The same place, once it is known whether that is in another region than the master.
    public Site inRegion(boolean remote) {
        return new Site(ip, remote, domain, attributes);
    }
}
