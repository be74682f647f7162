package io.meseta.images.appc;

import java.nio.file.Path;
import java.util.Optional;

/// Gets the archives of AppC images.
public interface AppcSource {

    /// Puts the archive of `name` into the file `target`; empty if this source has no such image.
    ///
    /// @param name with the labels version, os and arch
    Optional<Path> fetch(AppcName name, Path target);
}
