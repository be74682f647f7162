/// Images on this machine's disk: what has been fetched, unpacked, named, and is in use.
///
/// Start at [ImageStore]. Content is known by its digest and never changes; it is made in `ingest`,
/// made durable, and renamed into its place, so that a crash leaves whole things and rubbish, and
/// rubbish is swept at the next start.
///
/// ```text
/// lock                    held by the one process that may write here
/// blobs/sha256-…          manifests and configurations
/// layers/sha256-…/        one unpacked layer: `fs`, and `traits` about it; by its diff id
/// images/…                which name means which manifest and layers
/// leases/…                who uses which layers, kept over restarts
/// ingest/                 downloads that go on, and things not finished
/// ```
///
/// The directory is closed to everybody else: layers hold files that are setuid for root.
@NullMarked
package io.meseta.images.store;

import org.jspecify.annotations.NullMarked;
