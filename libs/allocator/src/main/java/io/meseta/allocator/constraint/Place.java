package io.meseta.allocator.constraint;

import static java.util.Collections.emptySortedMap;
import static java.util.Collections.unmodifiableSortedMap;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// An agent's whereabouts, as constraints may ask for them.
///
/// @param attributes the text of each attribute by its name, empty if it is of another type; of
///   several of one name the first
public record Place(
        String hostname,
        Optional<FaultDomain> domain,
        SortedMap<String, Optional<String>> attributes) {

    /// Where machines fail together.
    public record FaultDomain(String region, String zone) {}

    /// Of an agent of which nothing is known.
    public static final Place UNKNOWN = new Place("", Optional.empty(), emptySortedMap());

    public Place {
        attributes = unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    Optional<String> region() {
        return domain.map(FaultDomain::region);
    }

    Optional<String> zone() {
        return domain.map(FaultDomain::zone);
    }
}
