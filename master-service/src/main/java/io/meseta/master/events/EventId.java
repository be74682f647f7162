package io.meseta.master.events;

import io.meseta.master.core.reign.Epoch;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names a state of the cluster on the stream: `EPOCH-VERSION`.
///
/// @param version rises with each change that is told; it means something to one master alone, and
///   only in this epoch
public record EventId(Epoch epoch, long version) {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    /// What a reader brings. Empty if it was never given out: it is then as good as none.
    public static Optional<EventId> read(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) return Optional.empty();
        return Optional.of(
                new EventId(
                        new Epoch(Long.parseLong(parts.group(1))), Long.parseLong(parts.group(2))));
    }

    @Override
    public String toString() {
        return epoch.number() + "-" + version;
    }
}
