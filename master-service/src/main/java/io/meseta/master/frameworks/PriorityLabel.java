package io.meseta.master.frameworks;

import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.Labels;
import io.meseta.model.Priority;
import java.util.Optional;

/// The label by which a framework says how important a task is among those of its role.
final class PriorityLabel {

    static final String KEY = "meseta.io/priority";

    private static final String PROBLEM =
            "Label '%s' must be a whole number from -%d to %d"
                    .formatted(KEY, Priority.MOST, Priority.MOST);

    private PriorityLabel() {}

    /// The first of that name counts.
    static Optional<Priority> read(Labels labels) throws Unacceptable {
        for (var label : labels.getLabelsList())
            if (label.getKey().equals(KEY)) return Optional.of(priority(label.getValue()));
        return Optional.empty();
    }

    private static Priority priority(String text) throws Unacceptable {
        if (!text.matches("-?[0-9]{1,4}")) throw new Unacceptable(PROBLEM);
        int value = Integer.parseInt(text);
        if (Math.abs(value) > Priority.MOST) throw new Unacceptable(PROBLEM);
        return new Priority(value);
    }
}
