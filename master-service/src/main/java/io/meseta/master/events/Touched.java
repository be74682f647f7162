package io.meseta.master.events;

import io.meseta.master.views.Visibility;
import java.util.Optional;
import java.util.function.Predicate;

/// One thing that has changed, with who may know it.
///
/// @param gone how it is named in JSON among what is gone
/// @param record it as it is now, in JSON; empty if it is gone
/// @param wasShown whether whoever asks could see it before
/// @param isShown whether whoever asks can see it now; only for what is there
record Touched(
        Kind kind,
        String gone,
        Optional<byte[]> record,
        Predicate<Visibility> wasShown,
        Predicate<Visibility> isShown) {

    /// The lists in which it can be; in the order in which they come.
    enum Kind {
        AGENTS,
        FRAMEWORKS,
        TASKS
    }

    private static final long OBJECTS_COST = 256;

    long cost() {
        return OBJECTS_COST + gone.length() + (long) record.map(bytes -> bytes.length).orElse(0);
    }

    boolean isThereFor(Visibility reader) {
        return record.isPresent() && isShown.test(reader);
    }

    /// Also of what is still there and no longer to be seen.
    boolean isGoneFor(Visibility reader) {
        return !isThereFor(reader) && wasShown.test(reader);
    }
}
