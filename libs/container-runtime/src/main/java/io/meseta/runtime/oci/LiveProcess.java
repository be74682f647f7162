package io.meseta.runtime.oci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A process by its number and its age, so that another that gets the number is not taken for it.
///
/// @param born in ticks since the machine started; -1 where it had ended before we looked
record LiveProcess(long pid, long born) {

    private static final int STATE = 0;
    private static final int BORN = 19;

    static LiveProcess of(long pid) {
        return new LiveProcess(pid, born(pid).orElse(-1L));
    }

    boolean isAlive() {
        return born >= 0 && born(pid).filter(since -> since == born).isPresent();
    }

    /// Empty where it has ended, though nobody may have heard of it yet.
    private static Optional<Long> born(long pid) {
        try {
            var text = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The name before may hold anything, brackets too.
            var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            var isOver = fields[STATE].equals("Z") || fields[STATE].equals("X");
            return isOver ? Optional.empty() : Optional.of(Long.parseLong(fields[BORN]));
        } catch (IOException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }
}
