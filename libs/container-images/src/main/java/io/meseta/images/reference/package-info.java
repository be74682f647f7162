/// How an image is named, and how trouble with one is told.
///
/// Start at [ImageReference]. The lowest room of this module: every other one may lean on it, and
/// nothing here reads a file or opens a connection.
@NullMarked
package io.meseta.images.reference;

import org.jspecify.annotations.NullMarked;
