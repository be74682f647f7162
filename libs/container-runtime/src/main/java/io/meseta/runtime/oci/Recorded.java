package io.meseta.runtime.oci;

import java.nio.file.Path;
import java.util.Optional;

/// What has to be known to remove a container, even by one who would make it otherwise.
///
/// @param runtime the program that has it
record Recorded(Path runtime, String cgroup) {

    String text() {
        return runtime + "\n" + cgroup + "\n";
    }

    /// Empty where a crash came before it was written; then nothing else was done either.
    static Optional<Recorded> of(Bundle bundle) {
        return bundle.text("record")
                .map(text -> text.split("\n", -1))
                .filter(lines -> lines.length == 2)
                .map(lines -> new Recorded(Path.of(lines[0]), lines[1]));
    }
}
