/// Pulls: from a source that has an image to layers that lie in the store.
///
/// Start at [Pulls]. Any source is a [FetchableImage]; what is fetched by several at once is
/// fetched once; all of it is bounded, can be stopped, and tells how far it is. Layers are unpacked
/// by a few platform threads: their calls go to the disk, and virtual ones would hold their
/// carriers.
@NullMarked
package io.meseta.images.pulls;

import org.jspecify.annotations.NullMarked;
