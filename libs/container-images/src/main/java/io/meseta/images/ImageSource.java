package io.meseta.images;

import io.meseta.images.appc.AppcName;
import io.meseta.images.reference.ImageReference;
import io.meseta.images.reference.Platform;
import java.nio.file.Path;

/// Where an image comes from.
public sealed interface ImageSource {

    /// A registry.
    record InRegistry(ImageReference reference) implements ImageSource {}

    /// A file or directory on this machine: an OCI layout, or what `docker save` writes.
    ///
    /// @param name which of its images; empty for the only one
    record InFile(Path path, String name) implements ImageSource {
        public InFile {
            path = path.toAbsolutePath().normalize();
        }
    }

    /// An AppC image, by discovery.
    record InAppc(AppcName name) implements ImageSource {}

    /// What people write: a reference, or `file:` with a path and perhaps `#` and a name.
    static ImageSource parse(String text) {
        if (!text.startsWith("file:")) return new InRegistry(ImageReference.parse(text));
        int mark = text.indexOf('#');
        return mark < 0
                ? new InFile(Path.of(text.substring(5)), "")
                : new InFile(Path.of(text.substring(5, mark)), text.substring(mark + 1));
    }

    /// What the store calls the image of this source for a platform.
    default String nameFor(Platform platform) {
        return switch (this) {
            case InRegistry(var reference) -> reference + " " + platform;
            case InAppc(var name) -> name + " " + platform;
            case InFile(var path, var name) -> "file:" + path + "#" + name + " " + platform;
        };
    }
}
