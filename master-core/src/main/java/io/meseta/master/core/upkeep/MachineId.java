package io.meseta.master.core.upkeep;

import java.util.Comparator;
import java.util.Locale;

/// A machine as operators name it: by its host name, by its address, or by both. Capital letters in
/// the host name make no difference.
///
/// @param hostname empty if it is not named
/// @param ip empty if it is not named
public record MachineId(String hostname, String ip) implements Comparable<MachineId> {

    private static final Comparator<MachineId> ORDER =
            Comparator.comparing(MachineId::name).thenComparing(MachineId::ip);

    @Override
    public int compareTo(MachineId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MachineId that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * name().hashCode() + ip.hashCode();
    }

    private String name() {
        return hostname.toLowerCase(Locale.ROOT);
    }
}
