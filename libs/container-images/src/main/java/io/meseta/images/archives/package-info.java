/// Images in files: OCI layouts, as directories and archives, and what `docker save` writes.
///
/// Start at [ArchiveImage]. Nothing in them is believed: manifests and configurations are checked
/// against their digests where they have some, layers against the digests in the configuration.
@NullMarked
package io.meseta.images.archives;

import org.jspecify.annotations.NullMarked;
