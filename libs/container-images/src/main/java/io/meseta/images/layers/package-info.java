/// Layers: archives of strangers, unpacked so that nothing outside a directory can be touched.
///
/// Start at [LayerUnpacking]. [TarReader] reads the format and bounds it; [LayerUnpacking] decides
/// what each entry becomes; every file is made through `isolation.linux`, relative to an open
/// directory. Names are bytes, one character each. Nothing here knows where an archive came from.
@NullMarked
package io.meseta.images.layers;

import org.jspecify.annotations.NullMarked;
