/// What an image is made of, as registries and archives write it down.
///
/// Start at [Manifest#parse]. OCI and Docker schema 2 give the same values; schema 1 is refused.
/// Everything here is text from strangers turned into values, with limits; nothing is fetched.
@NullMarked
package io.meseta.images.manifest;

import org.jspecify.annotations.NullMarked;
