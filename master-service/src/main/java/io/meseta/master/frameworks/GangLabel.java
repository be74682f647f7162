package io.meseta.master.frameworks;

import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.Labels;
import java.util.Optional;

/// The label by which a framework says that it needs several things together.
final class GangLabel {

    static final String KEY = "meseta.io/gang";

    private GangLabel() {}

    /// The first of that name counts.
    static Optional<String> read(Labels labels) throws Unacceptable {
        for (var label : labels.getLabelsList())
            if (label.getKey().equals(KEY)) return Optional.of(name(label.getValue()));
        return Optional.empty();
    }

    private static String name(String text) throws Unacceptable {
        if (text.matches("[A-Za-z0-9._-]{1,64}")) return text;
        throw new Unacceptable(
                "Label '%s' must be 1 to 64 letters, digits, '.', '_' or '-'".formatted(KEY));
    }
}
