package io.meseta.images.rootfs;

import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.store.StoredLayer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The lower directories of an overlay file system that shows an image.
///
/// @param lowerDirectories the highest first, as overlayfs wants them; at least one
public record OverlayLayers(List<Path> lowerDirectories) {

    /// What one `mount` call takes for all its options: a page, less what the kernel keeps.
    private static final int OPTIONS_BYTES_MAX = 4095;

    public OverlayLayers {
        lowerDirectories = List.copyOf(lowerDirectories);
    }

    /// The layers that can be seen: nothing below a layer whose root is opaque, which overlayfs
    /// would not notice by itself.
    ///
    /// @param layers the lowest first
    public static OverlayLayers of(List<StoredLayer> layers) {
        if (layers.isEmpty()) {
            throw new ImageFault(
                    Kind.UNSUPPORTED, "an image without layers has no root file system");
        }
        var seen = new ArrayList<Path>();
        for (var layer : layers.reversed()) {
            // An image may have one layer twice; overlayfs may not. Only the higher one is seen.
            if (!seen.contains(layer.tree())) seen.add(layer.tree());
            if (layer.hidesAllBelow()) break;
        }
        return new OverlayLayers(seen);
    }

    /// The options of an overlay mount that can be written to. Colons and commas in paths are made
    /// harmless.
    public String options(Path upper, Path work) {
        var lower =
                String.join(":", lowerDirectories.stream().map(OverlayLayers::escaped).toList());
        return "lowerdir=%s,upperdir=%s,workdir=%s".formatted(lower, escaped(upper), escaped(work));
    }

    /// Whether `mount` takes these options in one call. Otherwise mount from a directory nearer to
    /// the layers with relative paths, or layer by layer with `fsconfig`.
    public static boolean isShortEnough(String options) {
        return options.length() <= OPTIONS_BYTES_MAX;
    }

    private static String escaped(Path path) {
        return path.toString().replace("\\", "\\\\").replace(":", "\\:").replace(",", "\\,");
    }
}
