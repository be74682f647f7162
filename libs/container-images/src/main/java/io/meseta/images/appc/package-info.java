/// AppC images (`.aci`): read from files and found over HTTP, with their dependencies.
///
/// Start at [AppcImage]. Each archive becomes a layer like any other, so that nothing else in this
/// module knows AppC. Signatures (`.aci.asc`) are **not** looked at: what is trusted is TLS and,
/// where a name or a dependency has an id, the digest of the archive.
@NullMarked
package io.meseta.images.appc;

import org.jspecify.annotations.NullMarked;
