package io.meseta.images.pulls;

import io.meseta.images.manifest.ImageConfig;
import io.meseta.images.reference.Digest;
import io.meseta.images.store.StoredLayer;
import java.util.List;

/// An image whose layers all lie unpacked in the store, leased to whoever pulled it.
///
/// @param name in the store
/// @param manifest what the name means: worth showing, since a tag may mean something else tomorrow
/// @param layers the lowest first
public record ReadyImage(
        String name, Digest manifest, ImageConfig config, List<StoredLayer> layers) {
    public ReadyImage {
        layers = List.copyOf(layers);
    }
}
