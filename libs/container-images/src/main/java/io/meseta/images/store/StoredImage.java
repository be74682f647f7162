package io.meseta.images.store;

import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import java.util.List;

/// A name and what it meant when it was last fetched.
///
/// @param name one line: a reference in full, or what another kind of source calls its images
/// @param layers diff ids, the lowest first
public record StoredImage(String name, Digest manifest, Digest config, List<Digest> layers) {

    private static final int NAME_MAX = 4096;

    public StoredImage {
        layers = List.copyOf(layers);
        if (name.isEmpty() || name.length() > NAME_MAX || name.chars().anyMatch(c -> c < ' ')) {
            throw new ImageFault(
                    ImageFault.Kind.INVALID, "no name for an image: " + ImageFault.quoted(name));
        }
    }
}
